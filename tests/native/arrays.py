"""What softbon.py takes and what it refuses: the kinds of arrays, and words that say what to do."""
import array
import sys
import types

import softbon

try:
    import numpy
except ImportError:
    numpy = None

try:
    import torch
except ImportError:
    torch = None

failures = []
checks = 0


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


REWARDS = [[0.1, 0.7, 0.4], [1.5, 1.4, 1.6]]
FLAT = array.array("f", REWARDS[0] + REWARDS[1])
BOTH = ("index", "log_probability")


def bits(result):
    return [memoryview(getattr(result, name)).tobytes() for name in BOTH]


with softbon.Engine(threads=2) as engine:
    def select(rewards, **options):
        return engine.select(rewards, lam=0.5, seed=42, outputs=BOTH, **options)

    truth = bits(select(REWARDS))
    check(bits(select(FLAT, rows=softbon.ragged(array.array("q", [0, 3, 6])))) == truth, "a buffer")
    read_only = memoryview(FLAT.tobytes()).cast("f")
    check(bits(select(read_only, rows=softbon.ragged([0, 3, 6]))) == truth, "a read-only buffer")
    check(bits(select(read_only, rows=softbon.mapped([0, 3], [3, 3]))) == truth, "mapped rows")
    check(bits(engine.select(REWARDS, lam=[0.5, 0.5], seed=array.array("Q", [42, 42]), outputs=BOTH)) == truth, "per row")

    mine = array.array("i", [7, 7])
    result = select(REWARDS, out={"index": mine})
    check(result.index is mine and memoryview(mine).tobytes() == truth[0], "memory of the caller's own")
    refused(TypeError, "float32", "memory of another type", lambda: select(REWARDS, out={"log_probability": mine}))
    refused(TypeError, "read-only", "memory that is read-only", lambda: select(REWARDS, out={"index": mine.tobytes()}))
    refused(TypeError, "float32", "rewards of another type", lambda: select(array.array("d", [0.5])))
    refused(ValueError, "no output 'pick'", "no such output", lambda: engine.select(REWARDS, 0.5, 1, outputs=("pick",)))
    refused(ValueError, "several lengths", "a list of unlike rows", lambda: select([[1.0], [1.0, 2.0]]))
    refused(softbon.SoftbonError, "Seed is not set", "no seed", lambda: engine.select(REWARDS, lam=0.5))
    refused(softbon.SoftbonError, "answers has 2", "few answers", lambda: engine.majority(REWARDS, [0, 1], 0.5))

    cuda = types.SimpleNamespace(__cuda_array_interface__={}, device="cuda:0")
    refused(TypeError, "pass rewards.cpu()", "a tensor on a GPU", lambda: select(cuda))
    meta = types.SimpleNamespace(device=types.SimpleNamespace(type="cuda"), data_ptr=lambda: 0, stride=lambda: (1,))
    refused(TypeError, "pass rewards.cpu()", "a torch tensor on a GPU", lambda: select(meta))

    if numpy:
        whole = numpy.array(REWARDS, dtype=numpy.float32)
        check(bits(select(whole)) == truth, "an array")
        check(bits(select(numpy.asfortranarray(whole))) == truth, "an array in columns")
        padded = numpy.full((4, 8), numpy.nan, dtype=numpy.float32)
        padded[::2, 1:7:2] = whole
        check(bits(select(padded[::2, 1:7:2])) == truth, "a part of an array")
        refused(TypeError, "float64", "an array of another type", lambda: select(numpy.array(REWARDS)))
        refused(TypeError, "negative strides", "an array backwards", lambda: select(whole[::-1]))
        tilted = engine.tilt(whole.astype(numpy.float16), seed=1, outputs=("token", "probabilities"))
        check(tilted.probabilities.dtype == numpy.float16 and tilted.probabilities.shape == (2, 3), "half in, half out")
    else:
        print("skipped: arrays of NumPy, which is not installed")

    if torch:
        tensor = torch.tensor(REWARDS)
        check(bits(select(tensor)) == truth, "a tensor")
        check(bits(select(tensor.t().contiguous().t())) == truth, "a tensor in columns")
    else:
        print("skipped: real torch tensors; torch is not installed, and vectors.py has a double of them")

refused(softbon.SoftbonError, "softbon_engine_create", "a call after the end", lambda: engine.select(REWARDS, 0.5, 1))
check(softbon.version().count(".") == 2, "the version")
print("\n".join(failures), file=sys.stderr)
print(f"{checks} checks, {len(failures)} failures")
sys.exit(1 if failures or checks < 15 else 0)
