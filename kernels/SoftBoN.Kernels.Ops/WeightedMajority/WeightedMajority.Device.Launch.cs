using ILGPU;
using ILGPU.Runtime;

namespace SoftBoN.Kernels.Ops;

/// <content>Weighted majority.</content>
internal sealed partial class DevicePrograms
{
    /// <inheritdoc cref="WorkspaceBytes(in SoftWeightsDeviceArgs)"/>
    public long WorkspaceBytes(in WeightedMajorityDeviceArgs args)
    {
        Workspace workspace = default;
        RowPlan plan = PlanOf(in args);
        plan.TakeOrder(ref workspace);
        plan.TakeGroups(ref workspace);
        plan.TakeSplit(ref workspace);
        workspace.Take<float>(args.Rows.Packed);
        workspace.Take<byte>(args.Rows.Count);
        TakeBudget(args.LambdaKind, args.Rows.Count, ref workspace);
        return workspace.Bytes;
    }

    /// <summary>Queues weighted majority of a batch: its weights, then the count.</summary>
    /// <param name="stream">The queue.</param>
    /// <param name="args">Checked arguments.</param>
    /// <param name="workspace">As many bytes as <see cref="WorkspaceBytes(in WeightedMajorityDeviceArgs)"/> says.</param>
    public void Majority(AcceleratorStream stream, in WeightedMajorityDeviceArgs args, ArrayView<byte> workspace)
    {
        if (args.Rows.Count == 0)
        {
            return;
        }

        var parts = new Workspace(workspace);
        RowPlan plan = PlanOf(in args);
        RowOrderArgs order = plan.TakeOrder(ref parts);
        GroupMemory shared = Present(plan.TakeGroups(ref parts));
        SplitMemory parted = plan.TakeSplit(ref parts);
        SoftWeightsDeviceArgs weigh = default;
        weigh.Rows = args.Rows;
        weigh.LambdaKind = args.LambdaKind;
        weigh.Lambda = args.Lambda;
        weigh.LambdaUsed = args.LambdaUsed;
        weigh.Weights = parts.Take<float>(args.Rows.Packed);
        weigh.Status = parts.Take<byte>(args.Rows.Count);
        SoftWeightsKernelArgs weights = KernelArgsOf(in weigh);
        weights.Shared = shared;
        BudgetMemory memory = TakeBudget(args.LambdaKind, args.Rows.Count, ref parts);
        Order(stream, in plan, order, ref weights.Rows);
        BudgetKernelArgs budget = BudgetArgsOf(in weights.Rows, in weights.Lambdas, default, in shared, in memory);
        WeightedMajorityKernelArgs count = KernelArgsOf(in args, in weights);
        foreach (TeamLaunch launch in plan.Launches())
        {
            int groups = GroupsOf(in launch, in plan);
            if (plan.IsSplit(in launch))
            {
                LaunchParts(stream, in launch, in parted, in budget, ref weights);
            }
            else
            {
                FindLambdas(stream, in launch, groups, budget, ref weights.Lambdas);
                Launch(stream, in launch, groups, ref weights);
            }

            count.Rows.FirstBin = launch.FirstBin;
            count.Rows.EndBin = launch.EndBin;
            Launch(stream, MajorityKernelFor(launch.Kind, UsesShuffles), groups, in count);
        }
    }

    /// <remarks>Several teams may share the weights of a row; its votes are counted by one, answer after answer.</remarks>
    private RowPlan PlanOf(in WeightedMajorityDeviceArgs args) =>
        new(in args.Rows, hasMarks: true, shape == DeviceShape.Alone, split);

    private WeightedMajorityKernelArgs KernelArgsOf(
        in WeightedMajorityDeviceArgs args, in SoftWeightsKernelArgs weights)
    {
        WeightedMajorityKernelArgs kernel = default;
        kernel.Rows = weights.Rows;
        kernel.Shared = weights.Shared;
        kernel.Weights = weights.Weights;
        kernel.WeightStatus = weights.Status;
        kernel.Answers = Present(args.Answers);
        kernel.Answer = Present(args.Answer);
        kernel.Index = Present(args.Index);
        kernel.Share = Present(args.Share);
        kernel.Status = Present(args.Status);
        kernel.Wanted = Flag(args.Answer, WeightedMajorityKernelArgs.WantAnswer)
            | Flag(args.Index, WeightedMajorityKernelArgs.WantIndex)
            | Flag(args.Share, WeightedMajorityKernelArgs.WantShare)
            | Flag(args.Status, WeightedMajorityKernelArgs.WantStatus);
        return kernel;
    }
}
