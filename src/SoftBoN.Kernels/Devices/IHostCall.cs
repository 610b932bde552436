using SoftBoN.Kernels.Ops;
using RowsOnDevice = SoftBoN.Kernels.Ops.DeviceRows;

namespace SoftBoN.Kernels.Devices;

/// <summary>How an operation's arguments in the caller's memory become arguments in device memory.</summary>
/// <typeparam name="TArgs">The arguments in the caller's memory.</typeparam>
internal interface IHostCall<TArgs>
    where TArgs : unmanaged
{
    /// <summary>The operation's name, for people.</summary>
    static abstract string Operation { get; }

    /// <summary>
    /// Lists the arrays of the call, present or not, in the order in which <see cref="Bind"/> counts them.
    /// </summary>
    static abstract void List(in TArgs args, ref OperandTable operands);

    static abstract ref readonly RowSource RowsOf(in TArgs args);

    /// <summary>Sets the arguments of a chunk.</summary>
    static abstract KernelLaunch Bind(
        in TArgs args, in RowChunk chunk, in RowsOnDevice rows, in ChunkViews views, SlotLaunches launches);
}

/// <summary>A launch of each operation, which a slot uses over and over.</summary>
internal sealed class SlotLaunches
{
    public RowsLaunch<SoftWeightsDeviceArgs> SoftWeights { get; } = new(nameof(SoftBonEngine.SoftWeights));

    public RowsLaunch<SelectionDeviceArgs> Selection { get; } = new(nameof(SoftBonEngine.Select));

    public RowsLaunch<WeightedMajorityDeviceArgs> Majority { get; } = new(nameof(SoftBonEngine.Majority));

    public KernelLaunch<TokenTiltDeviceArgs> Tokens { get; } = new(nameof(SoftBonEngine.TiltTokens));

    public KernelLaunch<RewardScoringDeviceArgs> Rewards { get; } = new(nameof(SoftBonEngine.ScoreRewards));

    public RowsLaunch<RewardPoolingDeviceArgs> Pooling { get; } = new(nameof(SoftBonEngine.PoolRewards));

    /// <summary>A calibration: a plan of one step.</summary>
    public RowsLaunch<RewardStepsDeviceArgs> Steps { get; } = new(nameof(SoftBonEngine.CalibrateRewards));

    public KernelLaunch<RewardPenaltyDeviceArgs> Penalty { get; } = new(nameof(SoftBonEngine.PenalizeRewards));

    public RowsLaunch<RewardPlanDeviceArgs> Plan { get; } = new(nameof(RewardPlan));
}
