"""Runs the committed vectors through softbon.py and compares bits: vectors.py FILE [THREADS]."""
import array
import ctypes
import struct
import sys
import threading

import softbon

try:
    import numpy
except ImportError:
    numpy = None

LETTERS = {"f": "f", "i": "i", "u": "I", "l": "q", "L": "Q", "h": "H", "b": "B"}
DTYPES = {0: "torch.float32", 1: "torch.float16", 2: "torch.bfloat16"}
LAMBDAS = {1: lambda lam: lam, 2: softbon.signed, 3: softbon.target_kl, 4: softbon.target_ess}


class Tensor:
    """What softbon.py asks of a torch tensor of the processor."""

    def __init__(self, values, dtype, shape, strides):
        self._values, self.dtype, self.shape, self._strides = values, dtype, shape, strides
        self._address = (ctypes.c_char * len(values)).from_buffer(values) if len(values) else None

    def data_ptr(self):
        return ctypes.addressof(self._address) if self._address else 0

    def stride(self):
        return self._strides


def aligned(at):
    return (at + 7) // 8 * 8


def calls(path):
    """Each call of a file, as (type, bytes) by name."""
    with open(path, "rb") as stream:
        data = stream.read()
    at, call = 0, {}
    while at < len(data):
        kind, length = chr(data[at]), data[at + 1]
        name = data[at + 2:at + 2 + length].decode()
        at = aligned(at + 2 + length)
        count, = struct.unpack_from("<q", data, at)
        size = {"s": 1, "b": 1, "h": 2, "l": 8, "L": 8}.get(kind, 4) * count
        if name == "case" and call:
            yield call
            call = {}
        call[name] = (kind, data[at + 8:at + 8 + size])
        at = aligned(at + 8 + size)
    yield call


class Call:
    def __init__(self, fields):
        self.fields = fields

    def array(self, name):
        """NumPy's array where there is NumPy, and otherwise Python's; None where there is none."""
        if name not in self.fields:
            return None
        kind, data = self.fields[name]
        values = array.array(LETTERS[kind], data)
        return numpy.array(values) if numpy else values

    def number(self, name, default=0):
        found = self.array(name)
        return default if found is None else found[0].item() if numpy else found[0]

    def per_row(self, name):
        return self.array(name + ".per_row") if name + ".per_row" in self.fields else self.number(name, None)

    def lam(self):
        rows = self.array("lambda.per_row")
        kind = LAMBDAS.get(self.number("lambda.kind"))
        return None if kind is None else kind(self.number("lambda.value") if rows is None else rows)

    def matrix(self, name):
        if name + ".shape" not in self.fields:
            return None
        form, rows, columns, stride = struct.unpack("<4q", self.fields[name + ".shape"][1])
        return Tensor(bytearray(self.fields[name][1]), DTYPES[form], (rows, columns), (stride, 1))

    def rewards(self):
        """Rewards and rows."""
        layout, rows, columns, stride, step = struct.unpack("<5q", self.fields["rows"][1])
        values = bytearray(self.fields.get("rewards", ("f", b""))[1])
        if layout == 1:
            return Tensor(values, "torch.float32", (rows, columns), (stride, step)), None
        flat = Tensor(values, "torch.float32", (len(values) // 4,), (1,))
        starts = self.array("rows.starts") if "rows.starts" in self.fields else array.array("q")
        if layout == 2:
            return flat, softbon.ragged(starts)
        return flat, softbon.mapped(starts, self.array("rows.lengths") if "rows.lengths" in self.fields else array.array("i"))

    def expected(self):
        return {name[1:]: data for name, (_, data) in self.fields.items() if name.startswith(">")}


POOLINGS = list(softbon.Plan._POOLINGS)
CALIBRATIONS = list(softbon.Plan._CALIBRATIONS)


def packed(tensor):
    """Rows with strides, one after the other: token rows are ragged or mapped in Python."""
    values, (rows, columns), (stride, step) = array.array("f", bytes(tensor._values)), tensor.shape, tensor.stride()
    flat = array.array("f", [values[row * stride + i * step] for row in range(rows) for i in range(columns)])
    return flat, softbon.ragged(array.array("q", [row * columns for row in range(rows + 1)]))


def run_plan(engine, call, rewards, rows):
    """A source and one step at most; what the file calls reward is rewards in Python."""
    if "pooling" in call.fields:
        plan = softbon.Plan.from_tokens(POOLINGS[call.number("pooling")], call.number("pooling.parameter"))
        count = struct.unpack("<5q", call.fields["rows"][1])[1]
        rewards, rows = (rewards, rows) if rows else packed(rewards)
        result = engine.run(plan, prompts=(1, count), rewards=rewards, token_rows=rows, outputs=("rewards",))
    else:
        kind, how = struct.unpack("<2i", call.fields["step"][1])
        first, second = struct.unpack("<2f", call.fields["step.parameters"][1])
        plan = softbon.Plan.from_rewards()
        if kind == 3:
            plan = plan.penalize(first, second)
        else:
            plan = plan.calibrate(CALIBRATIONS[how], first, second, call.array("table") if how == 3 else None)
        result = engine.run(
            plan, prompts=rows, rewards=rewards, log_probability=call.array("log_probability"),
            reference_log_probability=call.array("reference_log_probability"), length=call.array("length"),
            outputs=("rewards",))
    result.reward = result.rewards
    return result


def run(engine, call):
    wanted = tuple(call.expected())
    operation = call.fields["operation"][1].decode()
    if operation == "token-tilt":
        offsets = call.array("sparse_offsets")
        tokens, values = call.array("sparse_tokens"), call.array("sparse_values")
        return engine.tilt(
            call.matrix("logits"), call.lam(), call.per_row("seed"), rewards=call.matrix("rewards"),
            sparse=None if offsets is None else (offsets, tokens, values), temperature=call.per_row("temperature"),
            top_k=call.per_row("top_k"), top_p=call.per_row("top_p"), min_p=call.per_row("min_p"),
            top_n_sigma=call.per_row("top_n_sigma"), mode=call.per_row("mode"), position=call.per_row("position"),
            mask=call.array("mask"), mask_words_per_row=call.number("mask_words_per_row"), noise=call.number("noise"),
            proposals=call.number("proposals"), draws=call.number("draws"), top=call.number("top"), outputs=wanted)
    if operation == "reward-scoring":
        return engine.score(
            call.matrix("hidden"), call.matrix("weights"), bias=call.array("bias"), mixture=call.array("mixture"),
            gating=call.array("gating"), outputs=wanted)
    rewards, rows = call.rewards()
    if operation == "reward-plan":
        return run_plan(engine, call, rewards, rows)
    if operation == "soft-weights":
        return engine.weights(rewards, call.lam(), rows=rows, outputs=wanted)
    if operation == "weighted-majority":
        return engine.majority(rewards, call.array("answers"), call.lam(), rows=rows, outputs=wanted)
    return engine.select(
        rewards, call.lam(), call.per_row("seed"), rows=rows, position=call.per_row("position"),
        noise=call.number("noise"), draws=call.number("draws"), distinct=call.number("distinct"),
        offsets=call.array("offsets"), elements=call.array("elements"), outputs=wanted)


def run_all(engine, path, tally):
    for fields in calls(path):
        call = Call(fields)
        name = fields["case"][1].decode()
        tally[0] += 1
        try:
            result = run(engine, call)
        except Exception as fault:
            tally[2].append(f"{name}: {fault!r}")
            continue
        for output, bits in call.expected().items():
            tally[1] += 1
            if memoryview(getattr(result, output)).tobytes() != bits:
                tally[2].append(f"{name}, {output}: other bits")


def main():
    threads = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    tallies = [[0, 0, []] for _ in range(threads)]
    with softbon.Engine() as engine:
        team = [threading.Thread(target=run_all, args=(engine, sys.argv[1], tally)) for tally in tallies]
        for one in team:
            one.start()
        for one in team:
            one.join()
    faults = [fault for tally in tallies for fault in tally[2]]
    print("\n".join(faults[:20]), file=sys.stderr)
    arrays = f"NumPy {numpy.__version__}" if numpy else "no NumPy"
    print(f"{arrays}: {threads} threads, each {tallies[0][0]} calls and {tallies[0][1]} outputs: {len(faults)} differ")
    return 0 if not faults and tallies[0][0] > 100 else 1


sys.exit(main())
