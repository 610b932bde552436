"""What a contender has to get right before it is timed: sums, weights, and the law of the tokens that it draws."""
import torch

from torch_jobs import LAMBDA, TEMPERATURE, soft_weights

# Chi-square of 15 degrees of freedom at a level of 1e-6.
CRITICAL = 56.49
DRAWS = 200_000


def check(case, run):
    """Raises where a result of the case's first copy is wrong."""
    result = run(0)
    if case.job in ("token sample", "token tilt"):
        token, lse = result if isinstance(result, tuple) else (result, None)
        _tokens(case, token, lse)
    elif case.job == "soft weights":
        _near(result, soft_weights(case.logits[0]), 1e-4)
    elif case.job == "selection":
        _inside(result, case.columns)
    else:
        expected = case.logits[0].double() @ case.weights.double().t()
        _near(result.double(), expected, 1e-2 * float(expected.abs().max()))


def _tokens(case, token, lse):
    _inside(token, case.columns)
    if lse is not None:
        scaled = case.logits[0].float() / TEMPERATURE
        if case.rewards:
            scaled = scaled + case.rewards[0].float() / LAMBDA
        _near(lse, torch.logsumexp(scaled, -1), 1e-2)


def law(sample, device):
    """Draws from 16 tokens of different segments follow softmax(logit / T)."""
    columns, spread = 4000, 16
    logits = torch.full((1, columns), -1e4)
    places = torch.arange(spread) * (columns // spread)
    logits[0, places] = torch.linspace(-1, 1, spread)
    rows = logits.repeat(2000, 1).to(device)
    counts = torch.zeros(columns, dtype=torch.int64)
    for seed in range(DRAWS // 2000):
        token, _ = sample(rows, None, seed)
        counts += torch.bincount(token.cpu().long(), minlength=columns)
    expected = torch.softmax(logits[0, places].double() / TEMPERATURE, 0) * int(counts.sum())
    if int(counts[places].sum()) != int(counts.sum()):
        raise AssertionError("tokens were drawn that have no probability")
    statistic = float(((counts[places] - expected) ** 2 / expected).sum())
    if statistic > CRITICAL:
        raise AssertionError(f"chi-square of the tokens is {statistic:.1f}, critical {CRITICAL}")


def _inside(token, columns):
    if int(token.min()) < 0 or int(token.max()) >= columns:
        raise AssertionError("a token is out of range")


def _near(values, expected, tolerance):
    error = float((values.double() - expected.double()).abs().max())
    if not error <= tolerance:
        raise AssertionError(f"a result is {error:.3g} off, {tolerance:.3g} is allowed")
