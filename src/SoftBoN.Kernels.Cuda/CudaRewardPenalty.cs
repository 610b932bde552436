namespace SoftBoN.Kernels.Cuda;

/// <summary>
/// Rewards in device memory less Beta (log-probability - reference's) + Gamma length; all addresses are device pointers, 0 where
/// absent or not wanted.
/// </summary>
/// <remarks><inheritdoc cref="CudaSoftWeights"/></remarks>
public readonly record struct CudaRewardPenalty
{
    /// <summary>Float32, one per candidate.</summary>
    public nuint Rewards { get; init; }

    /// <summary>The number of candidates, at least 0.</summary>
    public long Candidates { get; init; }

    /// <summary>The price of a nat above the reference, in units of reward; finite.</summary>
    public float Beta { get; init; }

    /// <summary>Float32, one per candidate, in nats, under the policy. Has to be set where Beta is.</summary>
    public nuint LogProbability { get; init; }

    /// <summary>Float32, one per candidate, under the reference. Has to be set where Beta is.</summary>
    public nuint ReferenceLogProbability { get; init; }

    /// <summary>The price of a unit of length, in units of reward; finite.</summary>
    public float Gamma { get; init; }

    /// <summary>32-bit, one per candidate, at least 0. Has to be set where Gamma is.</summary>
    public nuint Length { get; init; }

    /// <summary>Float32, one per candidate.</summary>
    public nuint Reward { get; init; }

    /// <summary>A byte per candidate: the number of its RowStatus.</summary>
    public nuint Status { get; init; }

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Candidates);
        Throw.IfNotFinite(Beta, nameof(Beta));
        Throw.IfNotFinite(Gamma, nameof(Gamma));
        if (Rewards == 0 && Candidates > 0)
        {
            Throw.Argument($"Rewards is 0 and there are {Candidates} candidates; pass a device pointer.", nameof(Rewards));
        }

        CheckPrice(Beta, nameof(Beta), LogProbability, nameof(LogProbability), Candidates);
        CheckPrice(Beta, nameof(Beta), ReferenceLogProbability, nameof(ReferenceLogProbability), Candidates);
        CheckPrice(Gamma, nameof(Gamma), Length, nameof(Length), Candidates);
    }

    /// <summary>Throws where a price is paid for nothing.</summary>
    private static void CheckPrice(float price, string priceName, nuint amounts, string name, long candidates)
    {
        if (price != 0f && amounts == 0 && candidates > 0)
        {
            Throw.Argument($"{name} is 0 and {priceName} is {price}; pass a device pointer, or {priceName} 0.", name);
        }
    }
}
