namespace SoftBoN.Kernels.Hosting;

/// <summary>The rewards of a request's candidates.</summary>
/// <param name="Rewards">A reward for each; NaN where a candidate has none.</param>
/// <param name="Status">What became of each.</param>
public sealed record RewardScores(IReadOnlyList<float> Rewards, IReadOnlyList<RowStatus> Status);
