using ILGPU;
using ILGPU.Runtime;

namespace SoftBoN.Kernels.Ops;

/// <content>Soft weights.</content>
internal sealed partial class DevicePrograms
{
    /// <summary>The bytes of device memory that a call needs besides its arguments.</summary>
    public long WorkspaceBytes(in SoftWeightsDeviceArgs args)
    {
        Workspace workspace = default;
        RowPlan plan = PlanOf(in args);
        plan.TakeOrder(ref workspace);
        plan.TakeGroups(ref workspace);
        plan.TakeSplit(ref workspace);
        TakeBudget(args.LambdaKind, args.Rows.Count, ref workspace);
        return workspace.Bytes;
    }

    /// <summary>Queues soft weights of a batch.</summary>
    /// <param name="stream">The queue.</param>
    /// <param name="args">Checked arguments.</param>
    /// <param name="workspace">As many bytes as <see cref="WorkspaceBytes(in SoftWeightsDeviceArgs)"/> says.</param>
    public void SoftWeights(AcceleratorStream stream, in SoftWeightsDeviceArgs args, ArrayView<byte> workspace)
    {
        if (args.Rows.Count == 0)
        {
            return;
        }

        var parts = new Workspace(workspace);
        RowPlan plan = PlanOf(in args);
        SoftWeightsKernelArgs kernel = KernelArgsOf(in args);
        RowOrderArgs order = plan.TakeOrder(ref parts);
        kernel.Shared = Present(plan.TakeGroups(ref parts));
        SplitMemory shared = plan.TakeSplit(ref parts);
        BudgetMemory memory = TakeBudget(args.LambdaKind, args.Rows.Count, ref parts);
        Order(stream, in plan, order, ref kernel.Rows);
        BudgetKernelArgs budget = BudgetArgsOf(in kernel.Rows, in kernel.Lambdas, default, in kernel.Shared, in memory);
        foreach (TeamLaunch launch in plan.Launches())
        {
            if (plan.IsSplit(in launch))
            {
                LaunchParts(stream, in launch, in shared, in budget, ref kernel);
                continue;
            }

            int groups = GroupsOf(in launch, in plan);
            FindLambdas(stream, in launch, groups, budget, ref kernel.Lambdas);
            Launch(stream, in launch, groups, ref kernel);
        }
    }

    private RowPlan PlanOf(in SoftWeightsDeviceArgs args) =>
        new(in args.Rows, hasMarks: false, shape == DeviceShape.Alone, split);

    private void Launch(AcceleratorStream stream, in TeamLaunch launch, int groups, ref SoftWeightsKernelArgs args)
    {
        args.Rows.FirstBin = launch.FirstBin;
        args.Rows.EndBin = launch.EndBin;
        bool full = (args.Wanted & ~SoftWeightsOutput.Plain) != 0;
        Launch(stream, SoftWeightsKernelFor(launch.Kind, UsesShuffles, full), groups, in args);
    }

    private SoftWeightsKernelArgs KernelArgsOf(in SoftWeightsDeviceArgs args)
    {
        SoftWeightsKernelArgs kernel = default;
        kernel.Rows = RowsOf(in args.Rows);
        kernel.Lambdas = LambdasOf(args.LambdaKind, in args.Lambda);
        kernel.Wanted = WantedOf(in args);
        bool aligned = (args.Weights.Length == 0 || IsAligned(args.Weights) != 0)
            && (args.LogWeights.Length == 0 || IsAligned(args.LogWeights) != 0);
        kernel.AreWeightsAligned = aligned ? 1 : 0;
        kernel.Weights = Present(args.Weights);
        kernel.LogWeights = Present(args.LogWeights);
        kernel.LogMeanExp = Present(args.LogMeanExp);
        kernel.EffectiveSampleSize = Present(args.EffectiveSampleSize);
        kernel.Entropy = Present(args.Entropy);
        kernel.KlToUniform = Present(args.KlToUniform);
        kernel.ExpectedReward = Present(args.ExpectedReward);
        kernel.ChiSquare = Present(args.ChiSquare);
        kernel.KlFromTiltBound = Present(args.KlFromTiltBound);
        kernel.KlFromModelBound = Present(args.KlFromModelBound);
        kernel.LambdaUsed = Present(args.LambdaUsed);
        kernel.Status = Present(args.Status);
        return kernel;
    }

    private static int WantedOf(in SoftWeightsDeviceArgs args)
    {
        int wanted = Flag(args.Weights, SoftWeightsOutput.Weights)
            | Flag(args.LogWeights, SoftWeightsOutput.LogWeights)
            | Flag(args.LogMeanExp, SoftWeightsOutput.LogMeanExp)
            | Flag(args.EffectiveSampleSize, SoftWeightsOutput.EffectiveSampleSize)
            | Flag(args.Entropy, SoftWeightsOutput.Entropy)
            | Flag(args.KlToUniform, SoftWeightsOutput.KlToUniform)
            | Flag(args.ExpectedReward, SoftWeightsOutput.ExpectedReward)
            | Flag(args.ChiSquare, SoftWeightsOutput.ChiSquare)
            | Flag(args.KlFromTiltBound, SoftWeightsOutput.KlFromTiltBound)
            | Flag(args.KlFromModelBound, SoftWeightsOutput.KlFromModelBound)
            | Flag(args.LambdaUsed, SoftWeightsOutput.LambdaUsed)
            | Flag(args.Status, SoftWeightsOutput.Status);
        wanted |= (wanted & SoftWeightsOutput.NeedSquares) != 0 ? SumTerms.WantSquares : 0;
        return wanted | ((wanted & SoftWeightsOutput.NeedDeviations) != 0 ? SumTerms.WantDeviations : 0);
    }
}
