namespace SoftBoN.Kernels.Hosting;

/// <summary>A request's candidates, scored, and the one that was picked.</summary>
/// <param name="Index">The picked candidate, 0 to rows - 1; -1 where there is none, and <paramref name="Status"/> says why.</param>
/// <param name="LogProbability">In nats: its log-probability under softmax(reward / lambda).</param>
/// <param name="Margin">In nats: how far it was ahead; +infinity where there is no other.</param>
/// <param name="Status">What became of the selection.</param>
/// <param name="Scores">The rewards.</param>
public sealed record ScoredPick(int Index, float LogProbability, float Margin, RowStatus Status, RewardScores Scores);
