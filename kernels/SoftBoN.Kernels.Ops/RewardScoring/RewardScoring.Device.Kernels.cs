using ILGPU.Runtime;

namespace SoftBoN.Kernels.Ops;

/// <content>The kernels of reward heads.</content>
internal sealed partial class DevicePrograms
{
    /// <summary>Compiles what reward heads of any rows may need.</summary>
    public void PrepareRewards(AcceleratorStream stream)
    {
        RewardScoringDeviceArgs args = default;
        RewardKernelArgs kernel = KernelArgsOf(in args);
        kernel.Shared = Present(in kernel.Shared);
        foreach (RewardStepOfHeads step in Enum.GetValues<RewardStepOfHeads>())
        {
            Launch(stream, RewardKernelFor(step, shape), groups: 1, in kernel);
        }

        PrepareRewardSteps(stream);
    }

    /// <summary>The kernels of reward heads.</summary>
    private static IEnumerable<DeviceKernel> RewardKernels()
    {
        foreach (RewardStepOfHeads step in Enum.GetValues<RewardStepOfHeads>())
        {
            string name = $"Reward{step}";
            yield return Describe(
                name, TeamKind.Warp, shuffles: true, RewardKernelFor(step, DeviceShape.Shuffles));
            yield return Describe(
                name, TeamKind.Warp, shuffles: false, RewardKernelFor(step, DeviceShape.SharedMemory));
            yield return Describe(name, TeamKind.One, shuffles: false, RewardKernelFor(step, DeviceShape.Alone));
        }
    }

    private static Action<RewardKernelArgs> RewardKernelFor(RewardStepOfHeads step, DeviceShape shape) => shape switch
    {
        DeviceShape.Shuffles => RewardKernelFor<ShuffleWarp, Team32>(step),
        DeviceShape.SharedMemory => RewardKernelFor<SharedWarp, Team32>(step),
        _ => RewardKernelFor<NoWarp, TeamOne>(step),
    };

    private static Action<RewardKernelArgs> RewardKernelFor<TWarp, TTeam>(RewardStepOfHeads step)
        where TWarp : struct, IWarp
        where TTeam : struct, ITeam => step switch
        {
            RewardStepOfHeads.Head => RewardHeadsKernel<TWarp, TTeam, Numerics.Off>.Run,
            RewardStepOfHeads.Heads => RewardHeadsKernel<TWarp, TTeam, Numerics.On>.Run,
            _ => RewardMixKernel<TWarp, TTeam>.Run,
        };
}
