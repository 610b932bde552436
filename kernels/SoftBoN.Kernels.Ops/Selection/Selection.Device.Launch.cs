using ILGPU;
using ILGPU.Runtime;

namespace SoftBoN.Kernels.Ops;

/// <content>Selection.</content>
internal sealed partial class DevicePrograms
{
    /// <inheritdoc cref="WorkspaceBytes(in SoftWeightsDeviceArgs)"/>
    public long WorkspaceBytes(in SelectionDeviceArgs args)
    {
        Workspace workspace = default;
        RowPlan plan = PlanOf(in args);
        plan.TakeOrder(ref workspace);
        plan.TakeGroups(ref workspace);
        plan.TakeSplit(ref workspace);
        TakeCandidates(in args, in plan, ref workspace);
        TakePlaces(in args, in plan, ref workspace);
        TakeBudget(args.LambdaKind, args.Rows.Count, ref workspace);
        return workspace.Bytes;
    }

    /// <summary>Queues selection in a batch.</summary>
    /// <param name="stream">The queue.</param>
    /// <param name="args">Checked arguments.</param>
    /// <param name="workspace">As many bytes as <see cref="WorkspaceBytes(in SelectionDeviceArgs)"/> says.</param>
    public void Select(AcceleratorStream stream, in SelectionDeviceArgs args, ArrayView<byte> workspace)
    {
        if (args.Rows.Count == 0)
        {
            return;
        }

        var parts = new Workspace(workspace);
        RowPlan plan = PlanOf(in args);
        SelectionKernelArgs kernel = KernelArgsOf(in args);
        RowOrderArgs order = plan.TakeOrder(ref parts);
        kernel.Shared = Present(plan.TakeGroups(ref parts));
        SplitSelectionArgs shared = default;
        shared.Memory = Present(plan.TakeSplit(ref parts));
        shared.Candidates = TakeCandidates(in args, in plan, ref parts);
        kernel.Places = Present(TakePlaces(in args, in plan, ref parts));
        BudgetMemory memory = TakeBudget(args.LambdaKind, args.Rows.Count, ref parts);
        Order(stream, in plan, order, ref kernel.Rows);
        BudgetKernelArgs budget =
            BudgetArgsOf(in kernel.Rows, in kernel.Lambdas, in kernel.Offsets, in kernel.Shared, in memory);
        foreach (TeamLaunch launch in plan.Launches())
        {
            kernel.Rows.FirstBin = launch.FirstBin;
            kernel.Rows.EndBin = launch.EndBin;
            if (plan.IsSplit(in launch))
            {
                shared.Call = kernel;
                LaunchParts(stream, in launch, shared, in budget, ref kernel.Lambdas);
                continue;
            }

            int groups = GroupsOf(in launch, in plan);
            FindLambdas(stream, in launch, groups, budget, ref kernel.Lambdas);
            Launch(stream, SelectionKernelFor(launch.Kind, UsesShuffles, NeedsFull(in kernel)), groups, in kernel);
        }
    }

    private RowPlan PlanOf(in SelectionDeviceArgs args) =>
        new(in args.Rows, hasMarks: args.Distinct, shape == DeviceShape.Alone, CanShare(in args) ? split : default);

    private static ArrayView<int> TakePlaces(in SelectionDeviceArgs args, in RowPlan plan, ref Workspace workspace) =>
        plan.HasGroups && args.Elements.Length > 0 ? workspace.Take<int>(2 * args.Rows.Packed) : default;

    /// <summary>Whether a call needs more than picks by Gumbel noise.</summary>
    private static bool NeedsFull(in SelectionKernelArgs args) => args.Noise != (int)SelectionNoise.Gumbel
        || args.IsDistinct != 0
        || args.Offsets.IsGiven != 0
        || args.HasElements != 0
        || args.Wants(SelectionOutput.LogProbability | SelectionOutput.Margin);

    private SelectionKernelArgs KernelArgsOf(in SelectionDeviceArgs args)
    {
        SelectionKernelArgs kernel = default;
        kernel.Rows = RowsOf(in args.Rows);
        kernel.Lambdas = LambdasOf(args.LambdaKind, in args.Lambda);
        kernel.Offsets.Values = Present(args.Offsets);
        kernel.Offsets.IsGiven = Flag(args.Offsets, 1);
        kernel.Offsets.IsAligned = IsAligned(args.Offsets);
        kernel.Seeds = Present(args.Seed.Values);
        kernel.AreSeedsPerRow = Flag(args.Seed.Values, 1);
        kernel.Seed = args.Seed.Scalar;
        kernel.Positions = Present(args.Position.Values);
        kernel.ArePositionsPerRow = Flag(args.Position.Values, 1);
        kernel.IsPositionRow = args.PositionIsRow ? 1 : 0;
        kernel.Position = args.PositionIsRow ? (ulong)args.FirstRow : args.Position.Scalar;
        kernel.Noise = (int)args.Noise;
        kernel.Draws = args.Draws;
        kernel.IsDistinct = args.Distinct ? 1 : 0;
        kernel.Elements = Present(args.Elements);
        kernel.HasElements = Flag(args.Elements, 1);
        kernel.Index = Present(args.Index);
        kernel.Reward = Present(args.Reward);
        kernel.LogProbability = Present(args.LogProbability);
        kernel.Margin = Present(args.Margin);
        kernel.LambdaUsed = Present(args.LambdaUsed);
        kernel.Status = Present(args.Status);
        kernel.Wanted = Flag(args.Index, SelectionOutput.Index)
            | Flag(args.Reward, SelectionOutput.Reward)
            | Flag(args.LogProbability, SelectionOutput.LogProbability)
            | Flag(args.Margin, SelectionOutput.Margin)
            | Flag(args.LambdaUsed, SelectionOutput.LambdaUsed)
            | Flag(args.Status, SelectionOutput.Status);
        return kernel;
    }
}
