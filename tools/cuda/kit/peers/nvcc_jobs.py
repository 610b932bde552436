"""gumbel.cu, compiled by nvcc on this machine and launched on torch's tensors and stream."""
import ctypes
import os
import shutil
import subprocess

import torch

from torch_jobs import LAMBDA, TEMPERATURE, NotRun

_library = None


def compiler():
    """nvcc, where it is."""
    home = os.environ.get("CUDA_HOME", "/usr/local/cuda")
    return shutil.which("nvcc") or shutil.which("nvcc", path=os.path.join(home, "bin"))


def load(folder):
    """The compiled kernels, or a NotRun."""
    global _library
    if _library is None:
        _library = _build(folder)
    return _library


def _build(folder):
    nvcc = compiler()
    if nvcc is None:
        return NotRun("nvcc was not found; install the CUDA toolkit, or set CUDA_HOME")
    if not torch.cuda.is_available():
        return NotRun("no GPU")
    major, minor = torch.cuda.get_device_capability()
    path = os.path.join(folder, "libgumbel.so")
    source = os.path.join(os.path.dirname(os.path.abspath(__file__)), "gumbel.cu")
    done = subprocess.run(
        [nvcc, "-O3", "--use_fast_math", "-std=c++17", f"-arch=sm_{major}{minor}", "-shared", "-Xcompiler", "-fPIC", source,
         "-o", path], capture_output=True, text=True)
    if done.returncode != 0:
        return NotRun(f"nvcc failed: {done.stderr.strip().splitlines()[-1] if done.stderr.strip() else done.returncode}")
    library = ctypes.CDLL(path)
    address, number, real, seed = ctypes.c_void_p, ctypes.c_int, ctypes.c_float, ctypes.c_uint64
    library.peer_tokens.argtypes = [
        address, address, number, number, number, real, real, seed, address, address, address, address]
    library.peer_rows.argtypes = [address, number, number, real, seed, address, address, address]
    return library


def sampler(library, rows, columns, device):
    """Token and log-sum-exp of rows of logits."""
    workspace = torch.empty(2 * rows * -(-columns // 1024), device=device)
    token = torch.empty(rows, dtype=torch.int32, device=device)
    lse = torch.empty(rows, device=device)

    def run(logits, rewards, seed):
        _check(library.peer_tokens(
            logits.data_ptr(), None if rewards is None else rewards.data_ptr(), int(logits.dtype == torch.bfloat16), rows,
            columns, 1 / TEMPERATURE, 1 / LAMBDA, seed, workspace.data_ptr(), token.data_ptr(), lse.data_ptr(),
            torch.cuda.current_stream().cuda_stream))
        return token, lse

    return run


def _rows(library, case, device):
    weights = torch.empty(case.rows, case.columns, device=device) if case.job == "soft weights" else None
    index = torch.empty(case.rows, dtype=torch.int32, device=device)

    def run(i):
        _check(library.peer_rows(
            case.logits[i % len(case.logits)].data_ptr(), case.rows, case.columns, 1 / LAMBDA, i,
            None if weights is None else weights.data_ptr(), index.data_ptr(), torch.cuda.current_stream().cuda_stream))
        return index if weights is None else weights

    return run


def _check(error):
    if error != 0:
        raise RuntimeError(f"CUDA error {error}")


def contenders(case, device, folder):
    name = "CUDA C++ by nvcc"
    if case.job == "reward head":
        return {}
    library = load(folder)
    if isinstance(library, NotRun):
        return {name: library}
    if case.job in ("soft weights", "selection"):
        return {name: _rows(library, case, device)}
    run = sampler(library, case.rows, case.columns, device)
    rewards = case.rewards or [None]
    return {name: lambda i: run(case.logits[i % len(case.logits)], rewards[i % len(rewards)], i)}
