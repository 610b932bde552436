"""Soft best-of-n from Python: the same picks as pick.c. Lists will do; NumPy arrays and torch tensors are read in place."""
import softbon

rewards = [
    [0.1, 0.7, 0.4, 0.2],
    [1.5, 1.4, 1.6, -2.0],
    [0.0, 0.0, 3.0, 0.0],
]
with softbon.Engine() as engine:
    picks = engine.select(rewards, lam=0.5, seed=42, outputs=("index", "log_probability"))

for row, (index, log_probability) in enumerate(zip(picks.index, picks.log_probability)):
    print(f"prompt {row}: candidate {index}, log-probability {log_probability:.6f}")
