using ILGPU.Runtime;

namespace SoftBoN.Kernels.Ops;

/// <content>
/// Compilation before the first call. Kernels are launched with no rows, because some drivers compile at the first launch.
/// </content>
internal sealed partial class DevicePrograms
{
    /// <summary>Compiles what soft weights of any rows may need.</summary>
    public void PrepareSoftWeights(AcceleratorStream stream)
    {
        SoftWeightsDeviceArgs args = default;
        SoftWeightsKernelArgs kernel = KernelArgsOf(in args);
        kernel.Shared = Present(in kernel.Shared);
        PrepareRows(stream);
        foreach (TeamKind kind in Kinds())
        {
            PrepareBudget(stream, kind, in kernel.Rows, in kernel.Lambdas);
            Launch(stream, SoftWeightsKernelFor(kind, UsesShuffles, full: false), groups: 1, in kernel);
            Launch(stream, SoftWeightsKernelFor(kind, UsesShuffles, full: true), groups: 1, in kernel);
        }

        PrepareParts();
        Loaded(SplitWeightsKernelFor(shape, full: false));
        Loaded(SplitWeightsKernelFor(shape, full: true));
    }

    /// <summary>Compiles what selection from any rows may need.</summary>
    public void PrepareSelection(AcceleratorStream stream)
    {
        SelectionDeviceArgs args = default;
        SelectionKernelArgs kernel = KernelArgsOf(in args);
        kernel.Shared = Present(in kernel.Shared);
        kernel.Places = Present(kernel.Places);
        PrepareRows(stream);
        foreach (TeamKind kind in Kinds())
        {
            PrepareBudget(stream, kind, in kernel.Rows, in kernel.Lambdas);
            Launch(stream, SelectionKernelFor(kind, UsesShuffles, full: false), groups: 1, in kernel);
            Launch(stream, SelectionKernelFor(kind, UsesShuffles, full: true), groups: 1, in kernel);
        }

        PrepareParts();
        foreach (bool full in new[] { false, true })
        {
            foreach (SelectionStep step in SelectionSteps(full))
            {
                Loaded(SplitSelectionKernelFor(step, shape, full));
            }
        }
    }

    /// <summary>Compiles what weighted majority of any rows may need.</summary>
    public void PrepareMajority(AcceleratorStream stream)
    {
        SoftWeightsDeviceArgs weigh = default;
        SoftWeightsKernelArgs weights = KernelArgsOf(in weigh);
        weights.Shared = Present(in weights.Shared);
        WeightedMajorityDeviceArgs args = default;
        WeightedMajorityKernelArgs count = KernelArgsOf(in args, in weights);
        PrepareRows(stream);
        foreach (TeamKind kind in Kinds())
        {
            PrepareBudget(stream, kind, in weights.Rows, in weights.Lambdas);
            Launch(stream, SoftWeightsKernelFor(kind, UsesShuffles, full: false), groups: 1, in weights);
            Launch(stream, MajorityKernelFor(kind, UsesShuffles), groups: 1, in count);
        }

        PrepareParts();
        Loaded(SplitWeightsKernelFor(shape, full: false));
    }

    /// <summary>Kernels of shared rows are compiled only: without memory of such rows there is nothing to launch them on.</summary>
    private void PrepareParts()
    {
        foreach (SplitStep step in Enum.GetValues<SplitStep>())
        {
            Loaded(SplitKernelFor(step, shape));
        }

        Loaded(SplitBudgetKernelFor(shape));
    }

    /// <summary>The kinds of teams that a launch on this device may have.</summary>
    private IEnumerable<TeamKind> Kinds() =>
        Enum.GetValues<TeamKind>().Where(kind => (kind == TeamKind.One) == (shape == DeviceShape.Alone));

    private void PrepareBudget(AcceleratorStream stream, TeamKind kind, in KernelRows rows, in KernelLambda lambdas)
    {
        GroupMemory shared = Present(default(GroupMemory));
        BudgetKernelArgs budget = BudgetArgsOf(in rows, in lambdas, default, in shared, default);
        Launch(stream, BudgetKernelFor(kind, UsesShuffles), groups: 1, in budget);
    }

    /// <summary>The order of rows is compiled only: without memory for it there is nothing to launch it on.</summary>
    private void PrepareRows(AcceleratorStream stream)
    {
        RowGuardArgs guard = default;
        guard.Checked.Starts = guard.Listed.Starts = Present(guard.Listed.Starts);
        guard.Checked.Lengths = guard.Listed.Lengths = Present(guard.Listed.Lengths);
        guard.Checked.PackedStarts = guard.Listed.PackedStarts = Present(guard.Listed.PackedStarts);
        Launch(stream, RowGuard.Run, groups: 1, in guard);
        if (shape != DeviceShape.Alone)
        {
            Loaded<RowOrderArgs>(RowOrder.Count);
            Loaded<RowOrderArgs>(RowOrder.Scatter);
        }
    }
}
