"""softbon.Cuda through a driver that only remembers: cuda.py DRIVER, which is fakecuda.c. Nothing of it runs on a GPU."""
import array
import ctypes
import sys

import softbon

driver = ctypes.CDLL(sys.argv[1])
driver.fake_record.restype = ctypes.c_char_p
driver.fake_reset.argtypes = [ctypes.c_size_t]
CONTEXT = 0x5000

failures = []
checks = 0


class Device:
    type = "cuda"

    def __str__(self):
        return "cuda:0"


class Tensor:
    """What softbon.py reads of a torch tensor on a GPU."""

    device = Device()

    def __init__(self, address, shape, dtype="float32", strides=None):
        self.address, self.shape, self.dtype = address, shape, "torch." + dtype
        steps = [1]
        for length in reversed(shape[1:]):
            steps.insert(0, steps[0] * length)
        self.strides = strides or steps

    def data_ptr(self):
        return self.address

    def stride(self):
        return self.strides


class Foreign:
    """What CuPy and Numba have."""

    def __init__(self, address, shape, typestr):
        self.__cuda_array_interface__ = {
            "data": (address, False), "shape": shape, "typestr": typestr, "strides": None, "version": 3}


def check(holds, what):
    global checks
    checks += 1
    if not holds:
        failures.append(what)


def refused(kind, part, what, call):
    try:
        call()
    except kind as fault:
        check(part in str(fault), f"{what}: {fault}")
    else:
        check(False, f"{what}: was taken")


def launches():
    return [line for line in driver.fake_record().decode().splitlines() if line.startswith("launch")]


def argument():
    count = ctypes.c_int()
    driver.fake_arguments.restype = ctypes.c_void_p
    return ctypes.string_at(driver.fake_arguments(ctypes.byref(count)), count.value)


driver.fake_reset(CONTEXT)
refused(softbon.SoftbonError, "was not found", "no driver", lambda: softbon.Cuda(driver="libno-such-driver.so"))
with softbon.Cuda(stream=77, driver=sys.argv[1]) as cuda:
    rewards = Tensor(0x100000, (64, 500))
    picks = Tensor(0x200000, (64,), "int32")
    cuda.load("select")
    driver.fake_clear()
    result = cuda.select(rewards, lam=0.5, seed=42, out={"index": picks}, outputs=())
    check(result.index is picks and len(launches()) == 1 and " stream 77 " in launches()[0], "a selection")
    check(argument()[:8] == (0x100000).to_bytes(8, "little"), "rewards in place")
    cuda.set_stream(78)
    driver.fake_clear()
    cuda.select(Foreign(0x100000, (64, 500), "<f4"), lam=0.5, seed=Tensor(0x300000, (64,), "uint64"), outputs=(),
                out={"index": Foreign(0x200000, (64,), "<i4")})
    check(" stream 78 " in launches()[0], "another stream, and arrays of others")
    driver.fake_clear()
    cuda.select(
        rewards, lam=0.5, seed=42, rows=softbon.ragged(Tensor(0x400000, (65,), "int64"), longest=30, candidates=1000),
        outputs=(), out={"index": picks})
    check(len(launches()) == 2, "ragged rows")
    driver.fake_clear()
    cuda.tilt(Tensor(0x100000, (4, 5000), "bfloat16"), seed=1, temperature=Tensor(0x500000, (4,)), outputs=(),
              out={"token": Tensor(0x200000, (4,), "int32"), "tilted_logits": Tensor(0x100000, (4, 5000), "bfloat16")})
    check(len(launches()) == 4, "a tilt, written where the logits are")
    driver.fake_clear()
    cuda.score(Tensor(0x100000, (64, 128), "float16"), Tensor(0x200000, (2, 128)), mixture=Tensor(0x300000, (2,)), outputs=(),
               out={"reward": Tensor(0x400000, (64,))})
    check(len(launches()) == 2, "two heads")
    driver.fake_clear()
    cuda.majority(rewards, Tensor(0x600000, (64, 500), "int32"), lam=softbon.target_kl(1.0), outputs=(), out={"answer": picks})
    check(len(launches()) == 3, "votes")
    driver.fake_clear()
    cuda.weights(rewards, lam=0.5, outputs=(), out={"weights": Tensor(0x700000, (64, 500))})
    check(len(launches()) == 1, "weights")
    driver.fake_clear()
    plan = softbon.Plan.from_head(array.array("f", [1.0] * 128)).calibrate("z_score").penalize(gamma=0.01)
    cuda.run(plan, lam=0.5, seed=3, prompts=(8, 4), hidden=Tensor(0x100000, (32, 128)), length=Tensor(0x200000, (32,), "int32"),
             outputs=(), out={"index": Tensor(0x300000, (8,), "int32"), "entropy": Tensor(0x400000, (8,))})
    check(len(launches()) == 4, "a plan with steps")
    starts, lengths = Tensor(0x400000, (2, 64), "int64"), Tensor(0x500000, (64,), "int32")
    driver.fake_clear()
    cuda.select(rewards, lam=0.5, seed=42, rows=softbon.mapped(starts, lengths, longest=30, candidates=1000), outputs=(),
                out={"index": picks})
    check(len(launches()) == 2, "mapped rows")
    driver.fake_clear()
    cuda.run(softbon.Plan.from_tokens("discounted_sum", 0.9), prompts=(16, 4), rewards=Tensor(0x100000, (5000,)),
             token_rows=softbon.mapped(starts, lengths, longest=30, candidates=1000), outputs=(),
             out={"rewards": Tensor(0x300000, (64,))})
    check(len(launches()) == 2, "a plan of tokens")
    driver.fake_clear()
    members = softbon.Plan.from_rewards(3).calibrate("quantile").ensemble("min")
    cuda.run(members, prompts=softbon.ragged(Tensor(0x200000, (9,), "int64"), longest=8, candidates=64),
             rewards=Tensor(0x100000, (3, 64)), outputs=(), out={"rewards": Tensor(0x300000, (64,))})
    check(len(launches()) == 2, "a plan of given rewards")

    refused(TypeError, "pass rewards.cuda()", "a list", lambda: cuda.select([[1.0, 2.0]], lam=0.5, seed=1))
    refused(TypeError, "no torch", "results without torch", lambda: cuda.select(rewards, lam=0.5, seed=1)) \
        if "torch" not in sys.modules and not __import__("importlib.util").util.find_spec("torch") else None
    refused(ValueError, "longest", "ragged rows that nobody announced", lambda: cuda.select(
        rewards, lam=0.5, seed=1, rows=softbon.ragged(Tensor(0x400000, (65,), "int64")), outputs=(), out={"index": picks}))
    refused(ValueError, "longest", "mapped rows that nobody announced", lambda: cuda.select(
        rewards, lam=0.5, seed=1, rows=softbon.mapped(starts, lengths), outputs=(), out={"index": picks}))
    refused(softbon.SoftbonError, "needed", "mapped rows without places", lambda: cuda.select(
        rewards, lam=0.5, seed=1, rows=softbon.mapped(Tensor(0x400000, (64,), "int64"), lengths, longest=9, candidates=99),
        outputs=(), out={"index": picks}))
    refused(softbon.SoftbonError, "does not use Hidden", "hidden states that nobody would look at", lambda: cuda.run(
        members, prompts=(8, 8), rewards=Tensor(0x100000, (3, 64)), hidden=Tensor(0x100000, (64, 128)), outputs=(),
        out={"rewards": Tensor(0x300000, (64,))}))
    refused(softbon.SoftbonError, "index.count is 3", "a short output", lambda: cuda.select(
        rewards, lam=0.5, seed=1, outputs=(), out={"index": Tensor(0x200000, (3,), "int32")}))
with softbon.Engine() as engine:
    refused(TypeError, "softbon.Cuda", "a tensor of a GPU in an engine", lambda: engine.select(rewards, lam=0.5, seed=1))

print("\n".join(failures), file=sys.stderr)
print(f"softbon.Cuda, fake driver: {checks} checks, {len(failures)} failures")
sys.exit(1 if failures else 0)
