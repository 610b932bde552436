using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Cuda;

public sealed partial class SoftBonCuda
{
    /// <inheritdoc cref="WorkspaceBytes(in CudaSoftWeights)"/>
    public long WorkspaceBytes(in CudaRewardPooling call) => BytesOf(ArgsOf(in call), call.Rows);

    /// <inheritdoc cref="WorkspaceBytes(in CudaSoftWeights)"/>
    public long WorkspaceBytes(in CudaRewardCalibration call) => BytesOf(ArgsOf(in call), call.Rows);

    /// <summary>Queues pooling: one reward from each row of rewards.</summary>
    /// <param name="call">Rewards, rows, how, and outputs.</param>
    /// <exception cref="ArgumentException">A number or an address is out of range; the message says which.</exception>
    /// <exception cref="InvalidOperationException">There is too little workspace, or an earlier fault.</exception>
    /// <exception cref="CudaFaultException">The driver reported an error.</exception>
    /// <exception cref="ObjectDisposedException">This was disposed of.</exception>
    public void PoolRewards(in CudaRewardPooling call) => Run(ArgsOf(in call), call.Rows, call.Rewards);

    /// <summary>Queues calibration: the rewards of each row on a scale.</summary>
    /// <param name="call">Rewards, rows, the calibration and outputs.</param>
    /// <exception cref="ArgumentException">A number or an address is out of range; the message says which.</exception>
    /// <exception cref="InvalidOperationException">There is too little workspace, or an earlier fault.</exception>
    /// <exception cref="CudaFaultException">The driver reported an error.</exception>
    /// <exception cref="ObjectDisposedException">This was disposed of.</exception>
    public void CalibrateRewards(in CudaRewardCalibration call) => Run(ArgsOf(in call), call.Rows, call.Rewards);

    /// <summary>Queues penalties, which need no workspace: one launch.</summary>
    /// <param name="call">Rewards, prices, what they are for, and outputs.</param>
    /// <exception cref="ArgumentException">A number or an address is out of range; the message says which.</exception>
    /// <exception cref="InvalidOperationException">There was an earlier fault.</exception>
    /// <exception cref="CudaFaultException">The driver reported an error.</exception>
    /// <exception cref="ObjectDisposedException">This was disposed of.</exception>
    public void PenalizeRewards(in CudaRewardPenalty call) => Run(ArgsOf(in call), call.Candidates, call.Rewards);

    private RewardPoolingDeviceArgs ArgsOf(in CudaRewardPooling call)
    {
        call.Rows.Check();
        call.Pooling.Check(this, call.Rows.Columns, nameof(call.Rows));
        return new RewardPoolingDeviceArgs
        {
            Rows = RowsOf(call.Rewards, call.Rows),
            Kind = call.Pooling.Kind,
            VarianceWeight = call.Pooling.Parameter,
            Powers = ViewOf<float>(call.Pooling.Powers, call.Pooling.PowerCount, nameof(call.Pooling)),
            Reward = ViewOf<float>(call.Reward, call.Rows.Rows, nameof(call.Reward)),
            Status = ViewOf<byte>(call.Status, call.Rows.Rows, nameof(call.Status)),
        };
    }

    private RewardStepsDeviceArgs ArgsOf(in CudaRewardCalibration call)
    {
        if (call.Steps is not { IsCalibration: true, Members: 1 })
        {
            Throw.Argument(
                "There is no calibration; pass what Prepare(1, [CudaRewardStep.Calibrate(kind)]) returns.", nameof(call.Steps));
        }

        call.Rows.Check();
        call.Steps.Check(this, call.Rows.Columns);
        return new RewardStepsDeviceArgs
        {
            Rows = RowsOf(call.Rewards, call.Rows),
            Members = 1,
            CandidateStride = 1,
            Program = call.Steps.Program,
            EndStep = 1,
            Ranks = call.Steps.Shape.Ranks,
            Candidates = call.Rows.Packed,
            Reward = ViewOf<float>(call.Reward, call.Rows.Packed, nameof(call.Reward)),
            Status = ViewOf<byte>(call.Status, call.Rows.Rows, nameof(call.Status)),
            IsStatusOfRow = true,
        };
    }

    private static RewardPenaltyDeviceArgs ArgsOf(in CudaRewardPenalty call)
    {
        call.Check();
        long count = call.Candidates;
        return new RewardPenaltyDeviceArgs
        {
            Rewards = ViewOf<float>(call.Rewards, count, nameof(call.Rewards)),
            Penalty = PenaltyOf(call.LogProbability, call.ReferenceLogProbability, call.Length, count),
            Beta = call.Beta,
            Gamma = call.Gamma,
            Reward = ViewOf<float>(call.Reward, count, nameof(call.Reward)),
            Status = ViewOf<byte>(call.Status, count, nameof(call.Status)),
        };
    }

    private static KernelPenalty PenaltyOf(nuint logProbability, nuint reference, nuint length, long count) => new()
    {
        LogProbability = ViewOf<float>(logProbability, count, nameof(CudaRewardPenalty.LogProbability)),
        ReferenceLogProbability =
            ViewOf<float>(reference, count, nameof(CudaRewardPenalty.ReferenceLogProbability)),
        Length = ViewOf<int>(length, count, nameof(CudaRewardPenalty.Length)),
    };
}
