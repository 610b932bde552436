"""From the hidden states of last tokens to picks, in one call: what plan.c prints, from Python."""
import softbon

hidden = [
    [0.5, -1.0, 0.25, 2.0],
    [1.0, 0.5, -0.5, 0.0],
    [-2.0, 1.0, 1.0, 1.0],
    [0.0, 0.0, 1.0, -1.0],
    [1.5, 1.5, 0.0, 0.5],
    [-0.5, 2.0, 0.5, 0.5],
]
plan = softbon.Plan.from_head([[0.5, 1.0, -0.25, 0.125]]).calibrate("z_score")
with softbon.Engine() as engine:
    run = engine.run(
        plan, lam=0.5, seed=42, prompts=(2, 3), hidden=hidden, outputs=("index", "rewards", "expected_reward"))

rewards = memoryview(run.rewards).cast("B").cast("f")
for prompt, (index, expected) in enumerate(zip(run.index, run.expected_reward)):
    print(f"prompt {prompt}: candidate {index} with {rewards[prompt * 3 + index]:.6f}, expected {expected:.6f}")
