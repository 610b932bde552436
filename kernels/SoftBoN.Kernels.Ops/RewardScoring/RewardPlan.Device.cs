using ILGPU;
using ILGPU.Runtime;

namespace SoftBoN.Kernels.Ops;

/// <summary>
/// The arguments of a whole plan in device memory: the twin of <c>RewardPlanArgs</c>, an empty view where something is
/// absent or not wanted. Each operation's arguments lack the rewards that it gets from the one before.
/// </summary>
internal struct RewardPlanDeviceArgs : IRowArgs
{
    /// <summary>The head that rewards come from; no heads where they come from elsewhere.</summary>
    public RewardScoringDeviceArgs Head;

    /// <summary>The rows of token rewards that are pooled, one per candidate; none where rewards come from elsewhere.</summary>
    public RewardPoolingDeviceArgs Tokens;

    /// <summary>Rewards as they were given: [members, candidates].</summary>
    public ArrayView<float> Given;

    /// <summary>Rewards per candidate before the first step.</summary>
    public int Members;

    public RewardProgramShape Steps;

    /// <summary>The steps as <see cref="RewardProgram"/> has them.</summary>
    public ArrayView<uint> Program;

    /// <summary>What penalties are for.</summary>
    public KernelPenalty Penalty;

    /// <summary>The prompts' candidates; has no values.</summary>
    public DeviceRows Prompts;
    public long Candidates;

    public SoftWeightsDeviceArgs Weights;
    public bool WantsWeights;
    public SelectionDeviceArgs Selection;
    public bool WantsSelection;

    /// <summary>One per candidate.</summary>
    public ArrayView<float> Reward;
    public ArrayView<byte> Status;

    /// <summary>Whether the rewards that were given are those that weights and picks are made of, and nothing else is.</summary>
    public readonly bool IsUnchanged =>
        Given.Length > 0 && Steps.Steps == 0 && Reward.Length == 0 && Status.Length == 0;

    public void Place(in CheckedRows rows) => Prompts.Place(in rows);

    public readonly long WorkspaceBytes(DevicePrograms programs) => programs.WorkspaceBytes(in this);

    public readonly void Queue(DevicePrograms programs, AcceleratorStream stream, ArrayView<byte> workspace) =>
        programs.RunPlan(stream, in this, workspace);
}
