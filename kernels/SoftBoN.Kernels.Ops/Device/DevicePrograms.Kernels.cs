namespace SoftBoN.Kernels.Ops;

/// <content>The list of all kernels.</content>
internal sealed partial class DevicePrograms
{
    /// <summary>Every kernel there is.</summary>
    public static IReadOnlyList<DeviceKernel> Kernels { get; } = [.. AllKernels()];

    private static IEnumerable<DeviceKernel> AllKernels()
    {
        foreach (bool shuffles in new[] { true, false })
        {
            foreach (TeamKind kind in KindsOf(shuffles))
            {
                yield return Describe("Budget", kind, shuffles, BudgetKernelFor(kind, shuffles));
                yield return Describe("Weights", kind, shuffles, SoftWeightsKernelFor(kind, shuffles, full: false));
                yield return Describe("SoftWeights", kind, shuffles, SoftWeightsKernelFor(kind, shuffles, full: true));
                yield return Describe("Picks", kind, shuffles, SelectionKernelFor(kind, shuffles, full: false));
                yield return Describe("Selection", kind, shuffles, SelectionKernelFor(kind, shuffles, full: true));
                yield return Describe("WeightedMajority", kind, shuffles, MajorityKernelFor(kind, shuffles));
            }
        }

        foreach (DeviceShape shape in Enum.GetValues<DeviceShape>())
        {
            foreach (SplitStep step in Enum.GetValues<SplitStep>())
            {
                yield return Describe($"Split{step}", shape, SplitKernelFor(step, shape));
            }

            yield return Describe("SplitBudget", shape, SplitBudgetKernelFor(shape));
            yield return Describe("SplitWeights", shape, SplitWeightsKernelFor(shape, full: false));
            yield return Describe("SplitSoftWeights", shape, SplitWeightsKernelFor(shape, full: true));
            foreach (SelectionStep step in SelectionSteps(full: false))
            {
                yield return Describe($"SplitPicks{step}", shape, SplitSelectionKernelFor(step, shape, full: false));
            }

            foreach (SelectionStep step in SelectionSteps(full: true))
            {
                yield return Describe($"SplitSelection{step}", shape, SplitSelectionKernelFor(step, shape, full: true));
            }
        }

        foreach (DeviceKernel kernel in TokenKernels().Concat(RewardKernels()).Concat(RewardStepKernels()))
        {
            yield return kernel;
        }

        Action<RowOrderArgs> count = RowOrder.Count;
        Action<RowOrderArgs> scatter = RowOrder.Scatter;
        Action<RowGuardArgs> guard = RowGuard.Run;
        yield return new DeviceKernel("RowOrder.Count", count.Method, MostThreads, UsesShuffles: false);
        yield return new DeviceKernel("RowOrder.Scatter", scatter.Method, MostThreads, UsesShuffles: false);
        yield return new DeviceKernel("RowGuard", guard.Method, MostThreads, UsesShuffles: false);
    }

    /// <summary>A thread that is alone has nobody to exchange with.</summary>
    private static IEnumerable<TeamKind> KindsOf(bool shuffles) =>
        Enum.GetValues<TeamKind>().Where(kind => kind != TeamKind.One || !shuffles);

    private static DeviceKernel Describe(string operation, DeviceShape shape, Delegate kernel) => Describe(
        operation,
        shape == DeviceShape.Alone ? TeamKind.One : TeamKind.Group,
        shape == DeviceShape.Shuffles,
        kernel);

    private static DeviceKernel Describe(string operation, TeamKind kind, bool shuffles, Delegate kernel) =>
        kind == TeamKind.One
            ? new($"{operation}.One", kernel.Method, GroupSize: 1, UsesShuffles: false, IsAlone: true)
            : new($"{operation}.{kind}.{(shuffles ? "Shuffle" : "Shared")}", kernel.Method, MostThreads, shuffles);
}
