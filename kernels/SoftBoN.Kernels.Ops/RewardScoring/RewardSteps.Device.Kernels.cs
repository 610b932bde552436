using ILGPU.Runtime;

namespace SoftBoN.Kernels.Ops;

/// <content>The kernels of pooling, steps and penalties.</content>
internal sealed partial class DevicePrograms
{
    private static Action<RewardPenaltyKernelArgs> PenaltyKernel => RewardPenaltyKernel.Run;

    /// <summary>The kernels of pooling, steps and penalties.</summary>
    private static IEnumerable<DeviceKernel> RewardStepKernels()
    {
        foreach (bool shuffles in new[] { true, false })
        {
            foreach (TeamKind kind in KindsOf(shuffles))
            {
                yield return Describe("RewardPool", kind, shuffles, RewardPoolKernelFor(kind, shuffles));
                yield return Describe("RewardSteps", kind, shuffles, RewardStepsKernelFor(kind, shuffles));
            }
        }

        yield return new DeviceKernel("RewardPenalty", PenaltyKernel.Method, MostThreads, UsesShuffles: false);
    }

    /// <summary>Compiles what steps of any rows may need.</summary>
    private void PrepareRewardSteps(AcceleratorStream stream)
    {
        RewardPoolingDeviceArgs pooling = default;
        RewardPoolKernelArgs pool = KernelArgsOf(in pooling);
        pool.Shared = Present(in pool.Shared);
        RewardStepsDeviceArgs planned = default;
        RewardStepsKernelArgs steps = KernelArgsOf(in planned);
        steps.Shared = Present(in steps.Shared);
        steps.Planes = Present(steps.Planes);
        steps.Sorted = Present(steps.Sorted);
        RewardPenaltyDeviceArgs penalties = default;
        RewardPenaltyKernelArgs penalty = KernelArgsOf(in penalties);
        PrepareRows(stream);
        foreach (TeamKind kind in Kinds())
        {
            Launch(stream, RewardPoolKernelFor(kind, UsesShuffles), groups: 1, in pool);
            Launch(stream, RewardStepsKernelFor(kind, UsesShuffles), groups: 1, in steps);
        }

        Launch(stream, PenaltyKernel, groups: 1, in penalty);
    }

    private static Action<RewardPoolKernelArgs> RewardPoolKernelFor(TeamKind kind, bool shuffles) => (kind, shuffles) switch
    {
        (TeamKind.One, _) => RewardPoolKernel<NoWarp, TeamOne>.Run,
        (TeamKind.Eight, true) => RewardPoolKernel<ShuffleWarp, Team8>.Run,
        (TeamKind.Sixteen, true) => RewardPoolKernel<ShuffleWarp, Team16>.Run,
        (TeamKind.Warp, true) => RewardPoolKernel<ShuffleWarp, Team32>.Run,
        (TeamKind.Group, true) => RewardPoolKernel<ShuffleWarp, TeamGroup>.Run,
        (TeamKind.Eight, false) => RewardPoolKernel<SharedWarp, Team8>.Run,
        (TeamKind.Sixteen, false) => RewardPoolKernel<SharedWarp, Team16>.Run,
        (TeamKind.Warp, false) => RewardPoolKernel<SharedWarp, Team32>.Run,
        _ => RewardPoolKernel<SharedWarp, TeamGroup>.Run,
    };

    private static Action<RewardStepsKernelArgs> RewardStepsKernelFor(TeamKind kind, bool shuffles) => (kind, shuffles) switch
    {
        (TeamKind.One, _) => RewardStepsKernel<NoWarp, TeamOne>.Run,
        (TeamKind.Eight, true) => RewardStepsKernel<ShuffleWarp, Team8>.Run,
        (TeamKind.Sixteen, true) => RewardStepsKernel<ShuffleWarp, Team16>.Run,
        (TeamKind.Warp, true) => RewardStepsKernel<ShuffleWarp, Team32>.Run,
        (TeamKind.Group, true) => RewardStepsKernel<ShuffleWarp, TeamGroup>.Run,
        (TeamKind.Eight, false) => RewardStepsKernel<SharedWarp, Team8>.Run,
        (TeamKind.Sixteen, false) => RewardStepsKernel<SharedWarp, Team16>.Run,
        (TeamKind.Warp, false) => RewardStepsKernel<SharedWarp, Team32>.Run,
        _ => RewardStepsKernel<SharedWarp, TeamGroup>.Run,
    };
}
