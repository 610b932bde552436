"""The samplers of FlashInfer and vLLM, where they are installed. They sum nothing: what they do besides is less."""
import torch

from torch_jobs import TEMPERATURE, NotRun


def contenders(case, device):
    if case.job != "token sample" or case.dtype != "float32":
        return {}
    return {
        "FlashInfer, sampling_from_logits": _found(_flashinfer, case, device),
        "vLLM, Gumbel sampler": _found(_vllm, case, device),
    }


def _found(make, case, device):
    """The contender, or why there is none: their interfaces differ from version to version."""
    if device != "cuda":
        return NotRun("needs a GPU")
    try:
        run = make(case, device)
        run(0)
        return run
    except Exception as fault:  # whatever another project's package raises is why it was not run
        return NotRun(f"{type(fault).__name__}: {fault}".splitlines()[0])


def _flashinfer(case, device):
    import flashinfer

    return lambda i: flashinfer.sampling.sampling_from_logits(case.logits[i % len(case.logits)])


def _vllm(case, device):
    from vllm.v1.worker.gpu.sample.gumbel import gumbel_sample

    rows = torch.arange(case.rows, dtype=torch.int32, device=device)
    temperature = torch.full((case.rows,), TEMPERATURE, device=device)
    seed = torch.arange(case.rows, dtype=torch.int64, device=device)
    return lambda i: gumbel_sample(
        case.logits[i % len(case.logits)], rows, temperature, seed, rows.long(), apply_temperature=True)
