using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels;

public sealed unsafe partial class SoftBonEngine
{
    /// <summary>Rewards less what a candidate's log-probability above the reference's, and its length, cost.</summary>
    /// <remarks>
    /// Order: none, candidates do not meet. NaN: a candidate whose reward is NaN or +infinity, whose log-probabilities
    /// are not finite or whose length is negative gets a status and NaN; -infinity stays. Reproducibility: a
    /// candidate's result depends on its own numbers alone. Source of the formula: RewardScoring.md.
    /// </remarks>
    /// <param name="rewards">One per candidate.</param>
    /// <param name="penalty">The prices, and what they are for.</param>
    /// <param name="outputs">The caller's memory for the results, one per candidate.</param>
    /// <param name="cancellationToken">Looked at between chunks of candidates.</param>
    /// <exception cref="ArgumentException">An argument does not fit the others; the message says which and
    /// how.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The engine was disposed.</exception>
    /// <exception cref="DeviceExecutionException">The device ran out of memory or failed.</exception>
    public void PenalizeRewards(
        ReadOnlySpan<float> rewards,
        RewardPenalty penalty,
        RewardOutputs outputs,
        CancellationToken cancellationToken = default)
    {
        core.ThrowIfUnusable();
        long count = rewards.Length;
        CheckPrice(penalty.Beta, penalty.LogProbability, count, nameof(penalty.Beta), nameof(penalty.LogProbability));
        CheckPrice(
            penalty.Beta,
            penalty.ReferenceLogProbability,
            count,
            nameof(penalty.Beta),
            nameof(penalty.ReferenceLogProbability));
        CheckPrice(penalty.Gamma, penalty.Length, count, nameof(penalty.Gamma), nameof(penalty.Length));
        Throw.IfTooShort<float>(outputs.Reward, count, nameof(outputs.Reward));
        Throw.IfTooShort<RowStatus>(outputs.Status, count, nameof(outputs.Status));
        fixed (float* values = rewards, reward = outputs.Reward)
        fixed (float* log = penalty.LogProbability, reference = penalty.ReferenceLogProbability)
        fixed (int* length = penalty.Length)
        fixed (RowStatus* status = outputs.Status)
        {
            var args = new RewardPenaltyArgs
            {
                Rewards = values,
                LogProbability = penalty.Beta == 0f ? null : log,
                ReferenceLogProbability = reference,
                Length = penalty.Gamma == 0f ? null : length,
                Reward = reward,
                Status = status,
                Beta = penalty.Beta,
                Gamma = penalty.Gamma,
            };
            CallMemory memory = default;
            memory.Reads(values, count, "the rewards");
            memory.Reads(log, penalty.LogProbability.Length, "the log-probabilities");
            memory.Reads(reference, penalty.ReferenceLogProbability.Length, "the reference's log-probabilities");
            memory.Reads(length, penalty.Length.Length, "the lengths");
            memory.Writes(reward, count, nameof(RewardOutputs.Reward));
            memory.Writes(status, count, nameof(RewardOutputs.Status));
            using Telemetry.Call call = Telemetry.Start(nameof(PenalizeRewards), Device.Backend, count);
            core.Run(in args, count, cancellationToken);
        }
    }

    private static void CheckPrice<T>(
        float price, ReadOnlySpan<T> amounts, long count, string priceName, string amountsName)
    {
        RewardScoringCheck.IfNotFinite(price, priceName);
        if (amounts.Length != count && (price != 0f || !amounts.IsEmpty))
        {
            Throw.Argument(
                $"{amountsName} has {amounts.Length} values and there are {count} rewards; pass one per candidate, or none "
                + $"and {priceName} 0.",
                amountsName);
        }
    }
}
