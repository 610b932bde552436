"""A Triton kernel that samples by Gumbel noise of every token and sums in the same pass, written for this comparison."""
import torch

from torch_jobs import LAMBDA, TEMPERATURE, NotRun

try:
    import triton
    import triton.language as tl
except ImportError as fault:
    triton, REASON = None, f"triton cannot be imported: {fault}"

BLOCK = 4096

if triton is not None:

    @triton.jit
    def _part(logits, rewards, keys, tokens, largest, sums, seed, columns, parts, inverse_t, inverse_lambda,
              HAS_REWARDS: tl.constexpr, BLOCK: tl.constexpr):
        row, part = tl.program_id(0).to(tl.int64), tl.program_id(1)
        length = tl.cdiv(tl.cdiv(columns, parts), BLOCK) * BLOCK
        best_key, best_token = -float("inf"), 0
        most, total = -float("inf"), 0.0
        for start in range(part * length, min((part + 1) * length, columns), BLOCK):
            at = start + tl.arange(0, BLOCK)
            inside = at < columns
            score = tl.load(logits + row * columns + at, inside, -float("inf")).to(tl.float32) * inverse_t
            if HAS_REWARDS:
                score += tl.load(rewards + row * columns + at, inside, 0.0).to(tl.float32) * inverse_lambda
            top = tl.maximum(most, tl.max(score, 0))
            total = total * tl.exp(most - top) + tl.sum(tl.exp(score - top), 0)
            most = top
            noise = tl.rand(seed, row * columns + at)
            key = score - tl.log(-tl.log(tl.maximum(noise, 1e-10)))
            key_here, place = tl.max(key, 0, return_indices=True)
            best_token = tl.where(key_here > best_key, start + place, best_token)
            best_key = tl.maximum(key_here, best_key)
        slot = row * parts + part
        tl.store(keys + slot, best_key)
        tl.store(tokens + slot, best_token)
        tl.store(largest + slot, most)
        tl.store(sums + slot, total)

    @triton.jit
    def _merge(keys, tokens, largest, sums, token, lse, parts, PARTS: tl.constexpr):
        row = tl.program_id(0)
        at = tl.arange(0, PARTS)
        inside = at < parts
        key = tl.load(keys + row * parts + at, inside, -float("inf"))
        most = tl.load(largest + row * parts + at, inside, -float("inf"))
        total = tl.load(sums + row * parts + at, inside, 0.0)
        top = tl.max(most, 0)
        _, place = tl.max(key, 0, return_indices=True)
        tl.store(token + row, tl.load(tokens + row * parts + place))
        tl.store(lse + row, top + tl.log(tl.sum(total * tl.exp(most - top), 0)))


def sampler(rows, columns, device):
    """Token and log-sum-exp of rows of logits, in two launches."""
    processors = torch.cuda.get_device_properties(device).multi_processor_count
    parts = max(1, min(64, triton.cdiv(columns, BLOCK), triton.cdiv(4 * processors, rows)))
    keys, largest, sums = (torch.empty(rows * parts, device=device) for _ in range(3))
    tokens = torch.empty(rows * parts, dtype=torch.int32, device=device)
    token = torch.empty(rows, dtype=torch.int32, device=device)
    lse = torch.empty(rows, device=device)
    slots = triton.next_power_of_2(parts)

    def run(logits, rewards, seed):
        _part[(rows, parts)](
            logits, logits if rewards is None else rewards, keys, tokens, largest, sums, seed, columns, parts,
            1 / TEMPERATURE, 1 / LAMBDA, HAS_REWARDS=rewards is not None, BLOCK=min(BLOCK, triton.next_power_of_2(columns)))
        _merge[(rows,)](keys, tokens, largest, sums, token, lse, parts, PARTS=slots)
        return token, lse

    return run


def contenders(case, device):
    name = "Triton, Gumbel noise of every token"
    if case.job not in ("token sample", "token tilt"):
        return {}
    if triton is None:
        return {name: NotRun(REASON)}
    if device != "cuda":
        return {name: NotRun("Triton needs a GPU")}
    run = sampler(case.rows, case.columns, device)
    rewards = case.rewards or [None]
    return {name: lambda i: run(case.logits[i % len(case.logits)], rewards[i % len(rewards)], i)}
