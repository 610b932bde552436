using ILGPU;
using ILGPU.Runtime;

namespace SoftBoN.Kernels.Ops;

/// <content>Linear reward heads.</content>
internal sealed partial class DevicePrograms
{
    /// <summary>The kernels of reward heads, each of which is compiled when a call first needs it.</summary>
    private enum RewardStepOfHeads
    {
        Head,
        Heads,
        Mix,
    }

    /// <inheritdoc cref="WorkspaceBytes(in SoftWeightsDeviceArgs)"/>
    public long WorkspaceBytes(in RewardScoringDeviceArgs args)
    {
        Workspace workspace = default;
        RewardKernelArgs kernel = default;
        TakeRewards(in args, ref workspace, ref kernel);
        return workspace.Bytes;
    }

    /// <summary>Queues the scores of a batch: one launch for one head, two for several or a mixture.</summary>
    /// <param name="stream">The queue.</param>
    /// <param name="args">Checked arguments.</param>
    /// <param name="workspace">As many bytes as <see cref="WorkspaceBytes(in RewardScoringDeviceArgs)"/> says.</param>
    public void ScoreRewards(AcceleratorStream stream, in RewardScoringDeviceArgs args, ArrayView<byte> workspace)
    {
        if (args.Rows == 0)
        {
            return;
        }

        RewardKernelArgs kernel = KernelArgsOf(in args);
        var parts = new Workspace(workspace);
        TakeRewards(in args, ref parts, ref kernel);
        if (args.IsSingle)
        {
            LaunchRewards(stream, RewardStepOfHeads.Head, 1, in kernel);
            return;
        }

        int tiles = (args.Heads + HeadTeam<NoWarp, TeamOne>.Products - 1) / HeadTeam<NoWarp, TeamOne>.Products;
        LaunchRewards(stream, RewardStepOfHeads.Heads, tiles, in kernel);
        LaunchRewards(stream, RewardStepOfHeads.Mix, 1, in kernel);
    }

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

    private void LaunchRewards(AcceleratorStream stream, RewardStepOfHeads step, int tiles, in RewardKernelArgs args)
    {
        bool isAlone = shape == DeviceShape.Alone;
        int rows = isAlone ? (int)Math.Min(args.Count, MostAlone) : GroupsFor(args.Count, threads / 32);
        int most = isAlone ? Math.Max(1, MostAlone / rows) : MostGridY;
        var grid = new Index3D(rows, Math.Min(tiles, most), 1);
        Queue(stream, RewardKernelFor(step, shape), grid, in args);
    }

    private void TakeRewards(in RewardScoringDeviceArgs args, ref Workspace workspace, ref RewardKernelArgs kernel)
    {
        bool keepsScores = !args.IsSingle && args.Scores.Length == 0;
        ArrayView<float> scores = workspace.Take<float>(keepsScores ? args.Rows * args.Heads : 0);
        if (keepsScores)
        {
            kernel.Scores.Wide = Present(scores);
            kernel.Scores.IsAligned = 1;
        }

        int segments = SegmentsOf(Math.Max(args.Dimension, args.Heads));
        kernel.Shared.PartialStride = GroupMemory.StrideOf(segments);
        long products = HeadTeam<NoWarp, TeamOne>.Products;
        long groups = shape == DeviceShape.Alone ? Math.Min(MostAlone, args.Rows * args.Heads) : 0;
        kernel.Shared.Partials = workspace.Take<float>(groups * products * kernel.Shared.PartialStride);
        kernel.Shared = Present(in kernel.Shared);
    }

    private RewardKernelArgs KernelArgsOf(in RewardScoringDeviceArgs args) => new()
    {
        Count = args.Rows,
        Dimension = args.Dimension,
        Heads = args.Heads,
        Hidden = Present(in args.Hidden),
        RowMap = Present(args.RowMap),
        HasRowMap = Flag(args.RowMap, 1),
        Weights = Present(in args.Weights),
        Bias = Present(args.Bias),
        HasBias = Flag(args.Bias, 1),
        Shares = FloatsOf(args.Gating.Length > 0 ? args.Gating : args.Mixture, args.Gating.Length > 0 ? args.Heads : 0),
        HasShares = args.HasShares ? 1 : 0,
        IsGated = Flag(args.Gating, 1),
        Scores = FloatsOf(args.Scores, args.Heads),
        Reward = Present(args.Reward),
        Status = Present(args.Status),
        Wanted = Flag(args.Scores, RewardOutputFlag.Scores)
            | Flag(args.Reward, RewardOutputFlag.Reward)
            | Flag(args.Status, RewardOutputFlag.Status),
        NoResult = BitConverter.UInt32BitsToSingle(Numerics.Bits.NoResult),
    };

    private KernelTokens FloatsOf(ArrayView<float> values, long rowStride) => new()
    {
        Wide = Present(values),
        Narrow = Present(default(ArrayView<ushort>)),
        RowStride = rowStride,
        Element = (int)TokenElement.Float32,
        IsAligned = IsAligned(values),
    };
}
