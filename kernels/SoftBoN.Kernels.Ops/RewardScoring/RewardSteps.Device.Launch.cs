using ILGPU;
using ILGPU.Runtime;

namespace SoftBoN.Kernels.Ops;

/// <content>Pooling, calibration, penalties, and the steps of plans.</content>
internal sealed partial class DevicePrograms
{
    /// <inheritdoc cref="WorkspaceBytes(in SoftWeightsDeviceArgs)"/>
    public long WorkspaceBytes(in RewardPoolingDeviceArgs args)
    {
        Workspace workspace = default;
        RowPlan plan = RewardRowsPlan(in args.Rows);
        plan.TakeOrder(ref workspace);
        plan.TakeGroups(ref workspace);
        return workspace.Bytes;
    }

    /// <inheritdoc cref="WorkspaceBytes(in SoftWeightsDeviceArgs)"/>
    public long WorkspaceBytes(in RewardStepsDeviceArgs args)
    {
        Workspace workspace = default;
        RowPlan plan = RewardRowsPlan(in args.Rows);
        plan.TakeOrder(ref workspace);
        plan.TakeGroups(ref workspace);
        TakePlanes(in args, ref workspace);
        return workspace.Bytes;
    }

    /// <summary>Queues pooling of a batch.</summary>
    /// <param name="stream">The queue.</param>
    /// <param name="args">Checked arguments.</param>
    /// <param name="workspace">As many bytes as <see cref="WorkspaceBytes(in RewardPoolingDeviceArgs)"/> says.</param>
    public void PoolRewards(AcceleratorStream stream, in RewardPoolingDeviceArgs args, ArrayView<byte> workspace)
    {
        if (args.Rows.Count == 0)
        {
            return;
        }

        var parts = new Workspace(workspace);
        RowPlan plan = RewardRowsPlan(in args.Rows);
        RewardPoolKernelArgs kernel = KernelArgsOf(in args);
        RowOrderArgs order = plan.TakeOrder(ref parts);
        kernel.Shared = Present(plan.TakeGroups(ref parts));
        Order(stream, in plan, order, ref kernel.Rows);
        foreach (TeamLaunch launch in plan.Launches())
        {
            (kernel.Rows.FirstBin, kernel.Rows.EndBin) = (launch.FirstBin, launch.EndBin);
            Launch(stream, RewardPoolKernelFor(launch.Kind, UsesShuffles), GroupsOf(in launch, in plan), in kernel);
        }
    }

    /// <summary>Queues steps of a plan.</summary>
    /// <param name="stream">The queue.</param>
    /// <param name="args">Checked arguments.</param>
    /// <param name="workspace">As many bytes as <see cref="WorkspaceBytes(in RewardStepsDeviceArgs)"/> says.</param>
    public void RunSteps(AcceleratorStream stream, in RewardStepsDeviceArgs args, ArrayView<byte> workspace)
    {
        if (args.Rows.Count == 0)
        {
            return;
        }

        var parts = new Workspace(workspace);
        RowPlan plan = RewardRowsPlan(in args.Rows);
        RewardStepsKernelArgs kernel = KernelArgsOf(in args);
        RowOrderArgs order = plan.TakeOrder(ref parts);
        kernel.Shared = Present(plan.TakeGroups(ref parts));
        (ArrayView<float> planes, ArrayView<float> sorted) = TakePlanes(in args, ref parts);
        kernel.Planes = Present(planes);
        kernel.ArePlanesAligned = IsAligned(planes);
        kernel.Sorted = Present(sorted);
        Order(stream, in plan, order, ref kernel.Rows);
        foreach (TeamLaunch launch in plan.Launches())
        {
            (kernel.Rows.FirstBin, kernel.Rows.EndBin) = (launch.FirstBin, launch.EndBin);
            kernel.LongestRow = Math.Min(args.Rows.LongestRow, LongestOf(launch.Kind));
            Launch(stream, RewardStepsKernelFor(launch.Kind, UsesShuffles), GroupsOf(in launch, in plan), in kernel);
        }
    }

    /// <summary>Queues penalties: one launch.</summary>
    public void PenalizeRewards(AcceleratorStream stream, in RewardPenaltyDeviceArgs args)
    {
        if (args.Rewards.Length == 0)
        {
            return;
        }

        RewardPenaltyKernelArgs kernel = KernelArgsOf(in args);
        int groups = Math.Min(GroupsFor(kernel.Count, threads), MostGroupsOfRows);
        Launch(stream, PenaltyKernel, groups, in kernel);
    }

    private RowPlan RewardRowsPlan(in DeviceRows rows) => new(in rows, hasMarks: false, shape == DeviceShape.Alone);

    private static int LongestOf(TeamKind kind) => kind switch
    {
        TeamKind.Eight => 32,
        TeamKind.Sixteen => 64,
        TeamKind.Warp => 1024,
        _ => int.MaxValue,
    };

    /// <summary>Memory for rewards between steps, where the caller's does not do, and for ranks.</summary>
    private static (ArrayView<float> Planes, ArrayView<float> Sorted) TakePlanes(
        in RewardStepsDeviceArgs args, ref Workspace workspace)
    {
        ArrayView<float> planes = args.Planes;
        if (planes.Length == 0)
        {
            bool hasOwn = args.Members > 1 || args.Reward.Length == 0;
            planes = hasOwn ? workspace.Take<float>(args.Members * args.Candidates) : args.Reward;
        }

        return (planes, workspace.Take<float>(args.Ranks ? args.Candidates : 0));
    }

    private RewardPoolKernelArgs KernelArgsOf(in RewardPoolingDeviceArgs args) => new()
    {
        Rows = RowsOf(in args.Rows),
        Pooling = new KernelPooling
        {
            Kind = (int)args.Kind,
            VarianceWeight = args.VarianceWeight,
            Powers = Present(args.Powers),
            PowerCount = (int)args.Powers.Length,
        },
        Reward = Present(args.Reward),
        Status = Present(args.Status),
        Wanted = Flag(args.Reward, RewardOutputFlag.Reward) | Flag(args.Status, RewardOutputFlag.Status),
        KeepsStatus = args.KeepsStatus ? 1 : 0,
    };

    private RewardStepsKernelArgs KernelArgsOf(in RewardStepsDeviceArgs args)
    {
        bool isStrided = args.Rows.Layout == RowLayout.Strided;
        bool planesAreRewards = args.Members == 1 && args.Planes.Length == 0;
        return new RewardStepsKernelArgs
        {
            Rows = RowsOf(in args.Rows),
            Members = args.Members,
            MemberStride = args.MemberStride,
            SourceScale = isStrided ? 1 : args.CandidateStride,
            SourceStep = isStrided ? args.Rows.ColumnStride : args.CandidateStride,
            Program = Present(args.Program),
            FirstStep = args.FirstStep,
            EndStep = args.EndStep,
            Penalty = Present(in args.Penalty),
            PlaneStride = args.Candidates,
            PlaceIsStart = args.PlaceIsStart && !isStrided ? 1 : 0,
            IsInPlace = args.IsInPlace ? 1 : 0,
            Reward = Present(args.Reward),
            Status = Present(args.Status),
            Wanted = (planesAreRewards ? 0 : Flag(args.Reward, RewardOutputFlag.Reward))
                | Flag(args.Status, RewardOutputFlag.Status),
            IsStatusOfRow = args.IsStatusOfRow ? 1 : 0,
            KeepsStatus = args.KeepsStatus ? 1 : 0,
        };
    }

    private RewardPenaltyKernelArgs KernelArgsOf(in RewardPenaltyDeviceArgs args) => new()
    {
        Count = args.Rewards.Length,
        Rewards = Present(args.Rewards),
        Penalty = Present(in args.Penalty),
        Price = new KernelPrice
        {
            Paid = RewardProgram.PaidOf(args.Beta, args.Gamma),
            Beta = args.Beta,
            Gamma = args.Gamma,
        },
        Reward = Present(args.Reward),
        Status = Present(args.Status),
        Wanted = Flag(args.Reward, RewardOutputFlag.Reward) | Flag(args.Status, RewardOutputFlag.Status),
        NoResult = BitConverter.UInt32BitsToSingle(Numerics.Bits.NoResult),
    };

    private KernelPenalty Present(in KernelPenalty penalty) => new()
    {
        LogProbability = Present(penalty.LogProbability),
        ReferenceLogProbability = Present(penalty.ReferenceLogProbability),
        Length = Present(penalty.Length),
    };
}
