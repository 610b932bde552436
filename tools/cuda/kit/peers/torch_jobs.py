"""PyTorch, as a server would write it: eager, and compiled."""
import torch

TEMPERATURE = 0.8
LAMBDA = 0.5


class NotRun(Exception):
    """Why a contender was not run."""


def _scaled(logits, rewards):
    scaled = logits.float() / TEMPERATURE
    return scaled if rewards is None else scaled + rewards.float() / LAMBDA


def multinomial(logits, rewards):
    """Token and log-sum-exp by softmax and multinomial."""
    scaled = _scaled(logits, rewards)
    return torch.multinomial(torch.softmax(scaled, -1), 1).squeeze(-1), torch.logsumexp(scaled, -1)


def gumbel(logits, rewards):
    """Token and log-sum-exp by argmax of logits and Gumbel noise."""
    scaled = _scaled(logits, rewards)
    noise = -torch.log(torch.empty_like(scaled).exponential_())
    return (scaled + noise).argmax(-1), torch.logsumexp(scaled, -1)


def soft_weights(rewards):
    return torch.softmax(rewards / LAMBDA, -1)


def selection(rewards):
    noise = -torch.log(torch.empty_like(rewards).exponential_())
    return (rewards / LAMBDA + noise).argmax(-1)


def head(hidden, weights):
    return (hidden @ weights.t()).float()


def contenders(case, device):
    """Names and functions of a copy's number; a NotRun in place of one that cannot be run."""
    found = {}
    for name, job in _jobs(case).items():
        found[f"PyTorch {name}, eager"] = job(lambda function: function)
        found[f"PyTorch {name}, compiled"] = _compiled(job, device)
    return found


def _compiled(job, device):
    if not hasattr(torch, "compile"):
        return NotRun(f"torch {torch.__version__} has no torch.compile")
    if device != "cuda":
        return NotRun("compiled code is measured on a GPU only")
    return job(lambda function: torch.compile(function, dynamic=False))


def _jobs(case):
    logits, rewards = case.logits, case.rewards or [None]

    def token(function):
        def make(wrap):
            wrapped = wrap(function)
            return lambda i: wrapped(logits[i % len(logits)], rewards[i % len(rewards)])
        return make

    def row(function):
        def make(wrap):
            wrapped = wrap(function)
            return lambda i: wrapped(logits[i % len(logits)])
        return make

    def dot(wrap):
        wrapped = wrap(head)
        return lambda i: wrapped(logits[i % len(logits)], case.weights)

    return {
        "token sample": {"softmax + multinomial": token(multinomial), "argmax of logits + Gumbel": token(gumbel)},
        "token tilt": {"softmax + multinomial": token(multinomial), "argmax of logits + Gumbel": token(gumbel)},
        "soft weights": {"softmax": row(soft_weights)},
        "selection": {"argmax of rewards + Gumbel": row(selection)},
        "reward head": {"hidden @ w": dot},
    }[case.job]
