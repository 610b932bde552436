namespace SoftBoN.Kernels.Theory;

/// <summary>A temperature and what it yields.</summary>
/// <param name="Lambda">The temperature, from 0 (best-of-n) to +infinity (no selection).</param>
/// <param name="ExpectedReward">The expected gold reward of the candidate selected by the proxy.</param>
public readonly record struct HedgePoint(double Lambda, double ExpectedReward);
