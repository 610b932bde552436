"""torch's tensors on a GPU, sampled in place on torch's current stream: the bits of the processor, also from a graph."""
import sys

import softbon
import torch

ROWS, TOKENS, REPLAYS = 16, 32000, 1000
differences = []


def compare(what, actual, expected):
    same = torch.equal(actual.cpu().view(torch.uint8), torch.as_tensor(expected).contiguous().view(torch.uint8))
    if not same:
        differences.append(what)


torch.manual_seed(1)
stream = torch.cuda.Stream()
with torch.cuda.stream(stream), softbon.Engine() as engine:
    logits = torch.randn(ROWS, TOKENS, device="cuda", dtype=torch.bfloat16) * 3
    rewards = torch.randn(64, 500, device="cuda")
    hidden = torch.randn(64 * 8, 1024, device="cuda", dtype=torch.float16)
    weights = torch.randn(1, 1024, device="cuda")
    on_host = [tensor.cpu() for tensor in (logits, rewards, hidden, weights)]
    with softbon.Cuda(stream=torch.cuda.current_stream().cuda_stream) as cuda:
        picks = cuda.select(rewards, lam=0.5, seed=42, outputs=("index", "log_probability"))
        truth = engine.select(on_host[1], lam=0.5, seed=42, outputs=("index", "log_probability"))
        compare("selection, index", picks.index, truth.index)
        compare("selection, log-probability", picks.log_probability, truth.log_probability)
        strided = cuda.select(rewards[::2, ::5], lam=0.5, seed=42)
        compare("a view with strides", strided.index, engine.select(on_host[1][::2, ::5], lam=0.5, seed=42).index)
        step = cuda.tilt(logits, seed=7, temperature=0.8, top_p=0.95, outputs=("token", "kl"))
        truth = engine.tilt(on_host[0], seed=7, temperature=0.8, top_p=0.95, outputs=("token", "kl"))
        compare("tilt, token", step.token, truth.token)
        compare("tilt, kl", step.kl, truth.kl)
        tilted, truth = logits.clone(), on_host[0].clone()
        cuda.tilt(tilted, seed=7, temperature=0.8, outputs=(), out={"tilted_logits": tilted})
        engine.tilt(truth, seed=7, temperature=0.8, outputs=(), out={"tilted_logits": truth})
        compare("tilted logits where the logits were", tilted, truth)

        plan = softbon.Plan.from_head(on_host[3]).calibrate("z_score").penalize(gamma=0.01)
        lengths = torch.arange(64 * 8, dtype=torch.int32)
        call = dict(lam=0.5, seed=3, prompts=(64, 8), outputs=("index", "rewards"))
        run = cuda.run(plan, hidden=hidden, length=lengths.cuda(), **call)
        truth = engine.run(plan, hidden=on_host[2], length=lengths, **call)
        compare("plan, index", run.index, truth.index)
        compare("plan, rewards", run.rewards, truth.rewards)

        starts = torch.tensor([900, 0, 30, 30, 500])
        sizes = torch.tensor([100, 7, 0, 60, 33], dtype=torch.int32)
        places = torch.stack((starts, torch.cumsum(sizes, 0) - sizes)).cuda()
        flat = rewards.flatten()[:1000]
        mapped = cuda.select(flat, lam=0.5, seed=5, rows=softbon.mapped(places, sizes.cuda(), longest=100, candidates=200))
        truth = engine.select(flat.cpu(), lam=0.5, seed=5, rows=softbon.mapped(starts, sizes))
        compare("mapped rows", mapped.index, truth.index)

        positions = torch.zeros(ROWS, device="cuda", dtype=torch.int64).view(torch.uint64)
        temperature = torch.full((ROWS,), 1.5, device="cuda")
        token = torch.empty(ROWS, device="cuda", dtype=torch.int32)

        def draw():
            cuda.tilt(logits, seed=9, position=positions, temperature=temperature, outputs=(), out={"token": token})

        draw()
        torch.cuda.synchronize()
        graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(graph, stream=stream):
            draw()
        seen = set()
        for replay in range(REPLAYS):
            positions.view(torch.int64).fill_(replay)
            graph.replay()
            drawn = token.cpu()
            seen.add(tuple(drawn.tolist()))
            truth = engine.tilt(on_host[0], seed=9, position=[replay] * ROWS, temperature=1.5)
            compare(f"replay {replay}", drawn, truth.token)
        if len(seen) != REPLAYS:
            differences.append(f"{REPLAYS} replays drew {len(seen)} different batches")
        torch.cuda.synchronize()

print("\n".join(differences[:20]), file=sys.stderr)
print(f"torch {torch.__version__}: {len(differences)} differences")
sys.exit(1 if differences else 0)
