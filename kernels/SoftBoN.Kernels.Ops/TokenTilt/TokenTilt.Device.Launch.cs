using ILGPU;
using ILGPU.Runtime;

namespace SoftBoN.Kernels.Ops;

/// <content>The token tilt.</content>
internal sealed partial class DevicePrograms
{
    /// <summary>The most groups of a launch of token kernels in which each thread is alone, and has memory of its own.</summary>
    private const int MostAlone = 1024;

    /// <summary>The most rows of groups in one direction of a grid.</summary>
    private const int MostGridY = 65_535;

    /// <summary>What the keys of races may take: draws beyond are made by further launches.</summary>
    private const long MostRaceBytes = 16 << 20;

    private const int RaceBytes = sizeof(float) + sizeof(int);

    /// <summary>The kernels of the token tilt, each of which is compiled when a call first needs it.</summary>
    internal enum TokenStep
    {
        Threshold,
        Segments,
        TiltedSegments,
        Rows,
        Draws,
        Ranks,
        Top,
        Write,
    }

    /// <inheritdoc cref="WorkspaceBytes(in SoftWeightsDeviceArgs)"/>
    public long WorkspaceBytes(in TokenTiltDeviceArgs args)
    {
        Workspace workspace = default;
        TokenKernelArgs kernel = default;
        TakeTokens(in args, ref workspace, ref kernel);
        return workspace.Bytes;
    }

    /// <summary>Queues the token tilt of a batch.</summary>
    /// <param name="stream">The queue.</param>
    /// <param name="args">Checked arguments.</param>
    /// <param name="workspace">As many bytes as <see cref="WorkspaceBytes(in TokenTiltDeviceArgs)"/> says.</param>
    public void TiltTokens(AcceleratorStream stream, in TokenTiltDeviceArgs args, ArrayView<byte> workspace)
    {
        if (args.Rows == 0)
        {
            return;
        }

        TokenKernelArgs kernel = KernelArgsOf(in args);
        var parts = new Workspace(workspace);
        TakeTokens(in args, ref parts, ref kernel);
        if (args.MayTruncate)
        {
            LaunchRows(stream, TokenStep.Threshold, in kernel);
            kernel.HasLeast = 1;
        }

        TokenStep segments = args.HasRewards ? TokenStep.TiltedSegments : TokenStep.Segments;
        int perLaunch = DrawsPerLaunch(in args);
        kernel.DrawCount = Math.Min(args.Draws, perLaunch);
        kernel.MakesStates = 1;
        kernel.MakesSums = args.NeedsSums ? 1 : 0;
        kernel.MakesRaces = args.MayRace ? 1 : 0;
        LaunchTokens(stream, segments, kernel.Segments, in kernel);
        LaunchTokens(stream, TokenStep.Rows, 1, in kernel);
        (kernel.MakesStates, kernel.MakesSums) = (0, 0);
        for (int draw = 0; args.WantsDraws && draw < args.Draws; draw += perLaunch)
        {
            kernel.FirstDraw = draw;
            kernel.DrawCount = Math.Min(args.Draws - draw, perLaunch);
            if (draw > 0 && args.MayRace)
            {
                LaunchTokens(stream, segments, kernel.Segments, in kernel);
            }

            LaunchTokens(stream, TokenStep.Draws, kernel.DrawCount, in kernel);
            if (args.Rank.Length > 0)
            {
                LaunchTokens(stream, TokenStep.Ranks, kernel.Segments, in kernel);
            }
        }

        if (args.WantsTop)
        {
            LaunchRows(stream, TokenStep.Top, in kernel);
        }

        if (args.WantsTokens)
        {
            LaunchTokens(stream, TokenStep.Write, kernel.Segments, in kernel);
        }
    }

    /// <summary>How many draws fit into a launch: where tokens have noise of their own, each has a key a segment.</summary>
    private static int DrawsPerLaunch(in TokenTiltDeviceArgs args)
    {
        long bytesPerDraw = args.Rows * SegmentsOf(args.Columns) * RaceBytes;
        return args.MayRace
            ? (int)Math.Clamp(MostRaceBytes / Math.Max(1, bytesPerDraw), 1, args.Draws)
            : Math.Max(1, args.Draws);
    }

    private static int SegmentsOf(int columns) => Math.Max(1, Numerics.CanonicalSum.SegmentsOf(columns));

    private void TakeTokens(in TokenTiltDeviceArgs args, ref Workspace workspace, ref TokenKernelArgs kernel)
    {
        int segments = SegmentsOf(args.Columns);
        long draws = args.MayRace ? DrawsPerLaunch(in args) : 0;
        kernel.States = Present(workspace.Take<TokenSegmentState>(args.Rows * segments));
        kernel.RowStates = Present(workspace.Take<TokenRowState>(args.Rows));
        kernel.Least = Present(workspace.Take<float>(args.MayTruncate ? args.Rows : 0));
        kernel.RaceKeys = Present(workspace.Take<float>(args.Rows * segments * draws));
        kernel.RaceTokens = Present(workspace.Take<int>(args.Rows * segments * draws));
        kernel.Shared.PartialStride = GroupMemory.StrideOf(segments);
        bool hasPartials = shape == DeviceShape.Alone || args.MayTruncate || args.WantsTop;
        long partials = Math.Min(MostAlone, args.Rows * segments) * TokenSumKind.Count * kernel.Shared.PartialStride;
        kernel.Shared.Partials = workspace.Take<float>(hasPartials ? partials : 0);
        kernel.Shared = Present(in kernel.Shared);
        if (args.Rank.Length > 0 && args.Token.Length == 0)
        {
            kernel.Token = workspace.Take<int>(args.Rows * args.Draws);
            kernel.Wanted |= TokenOutputFlag.Token;
        }
    }

    /// <summary>Queues a kernel whose teams each have a row, and something of it.</summary>
    /// <param name="stream">The queue.</param>
    /// <param name="step">The kernel.</param>
    /// <param name="parts">Segments, or draws.</param>
    /// <param name="args">Its arguments.</param>
    private void LaunchTokens(AcceleratorStream stream, TokenStep step, int parts, in TokenKernelArgs args)
    {
        bool isAlone = shape == DeviceShape.Alone;
        int rows = isAlone ? (int)Math.Min(args.Count, MostAlone) : GroupsFor(args.Count, threads / 32);
        int most = isAlone ? Math.Min(args.Segments, MostAlone / rows) : MostGridY;
        var grid = new Index3D(rows, Math.Clamp(parts, 1, Math.Max(1, most)), 1);
        Launch(stream, TokenKernelFor(step, shape), ConfigOf(grid), in args);
    }

    /// <summary>Queues a kernel that has a group a row.</summary>
    private void LaunchRows(AcceleratorStream stream, TokenStep step, in TokenKernelArgs args) =>
        Launch(stream, TokenKernelFor(step, shape), (int)Math.Min(args.Count, MostAlone), in args);

    private KernelArg<T> Present<T>(in DeviceArg<T> arg)
        where T : unmanaged => new()
        {
            Values = Present(arg.Values),
            Scalar = arg.Scalar,
            IsPerRow = Flag(arg.Values, 1),
        };

    private KernelTokens Present(in DeviceTokens tokens) => new()
    {
        Wide = Present(tokens.Wide),
        Narrow = Present(tokens.Narrow),
        RowStride = tokens.RowStride,
        Rows = tokens.Rows,
        Element = (int)tokens.Element,
        IsAligned = tokens.Element == TokenElement.Float32 ? IsAligned(tokens.Wide) : IsAligned(tokens.Narrow),
    };

    private TokenKernelArgs KernelArgsOf(in TokenTiltDeviceArgs args)
    {
        TokenKernelArgs kernel = default;
        SetInputs(in args, ref kernel);
        SetParameters(in args, ref kernel);
        SetOutputs(in args, ref kernel);
        kernel.NoResult = BitConverter.UInt32BitsToSingle(Numerics.Bits.NoResult);
        return kernel;
    }

    private void SetInputs(in TokenTiltDeviceArgs args, ref TokenKernelArgs kernel)
    {
        kernel.Count = args.Rows;
        kernel.FirstRow = args.FirstRow;
        kernel.Columns = args.Columns;
        kernel.Segments = SegmentsOf(args.Columns);
        kernel.Logits = Present(in args.Logits);
        kernel.Rewards = Present(in args.Rewards);
        kernel.HasDense = args.Rewards.IsGiven ? 1 : 0;
        kernel.Mask = Present(args.Mask);
        kernel.MaskStride = args.MaskStride;
        kernel.HasMask = Flag(args.Mask, 1);
        kernel.RowMap = Present(args.RowMap);
        kernel.HasRowMap = Flag(args.RowMap, 1);
        kernel.RewardMap = Present(args.RewardMap);
        kernel.HasRewardMap = Flag(args.RewardMap, 1);
        kernel.SparseStarts = Present(args.SparseStarts);
        kernel.SparseTokens = Present(args.SparseTokens);
        kernel.SparseValues = Present(args.SparseValues);
        kernel.SparseCount = args.SparseTokens.Length;
        kernel.HasSparse = Flag(args.SparseStarts, 1);
    }

    private void SetParameters(in TokenTiltDeviceArgs args, ref TokenKernelArgs kernel)
    {
        kernel.LambdaKind = (int)args.LambdaKind;
        kernel.Lambda = Present(in args.Lambda);
        kernel.Temperature = Present(in args.Temperature);
        kernel.Mode = Present(in args.Mode);
        kernel.TopK = Present(in args.TopK);
        kernel.TopP = Present(in args.TopP);
        kernel.MinP = Present(in args.MinP);
        kernel.TopNSigma = Present(in args.TopNSigma);
        kernel.LeastLogit = Present(in args.LeastLogit);
        kernel.Seed = Present(in args.Seed);
        kernel.Position = Present(in args.Position);
        kernel.IsPositionRow = args.PositionIsRow ? 1 : 0;
        kernel.IsPerToken = args.Noise == TokenNoise.PerToken ? 1 : 0;
        kernel.MayPropose = args.MayPropose ? 1 : 0;
        kernel.Draws = args.Draws;
        kernel.Proposals = args.Proposals;
        kernel.Turns = args.MayPropose ? Math.Max(1, (args.HasRewards ? 2 : 1) * args.Proposals) : 1;
        kernel.Top = args.Top;
    }

    private void SetOutputs(in TokenTiltDeviceArgs args, ref TokenKernelArgs kernel)
    {
        kernel.Token = Present(args.Token);
        kernel.Rank = Present(args.Rank);
        kernel.LogProbability = Present(args.LogProbability);
        kernel.BaseLogProbability = Present(args.BaseLogProbability);
        kernel.ModelLogProbability = Present(args.ModelLogProbability);
        kernel.TopToken = Present(args.TopToken);
        kernel.TopLogProbability = Present(args.TopLogProbability);
        kernel.TiltedLogits = Present(in args.TiltedLogits);
        kernel.Probabilities = Present(in args.Probabilities);
        kernel.LeastKept = Present(args.LeastKept);
        kernel.LogSumExp = Present(args.LogSumExp);
        kernel.BaseLogSumExp = Present(args.BaseLogSumExp);
        kernel.Kl = Present(args.Kl);
        kernel.EffectiveSampleSize = Present(args.EffectiveSampleSize);
        kernel.Status = Present(args.Status);
        kernel.Wanted = Flag(args.Token, TokenOutputFlag.Token)
            | Flag(args.Rank, TokenOutputFlag.Rank)
            | Flag(args.LogProbability, TokenOutputFlag.LogProbability)
            | Flag(args.BaseLogProbability, TokenOutputFlag.BaseLogProbability)
            | Flag(args.ModelLogProbability, TokenOutputFlag.ModelLogProbability)
            | Flag(args.TopToken, TokenOutputFlag.TopToken)
            | Flag(args.TopLogProbability, TokenOutputFlag.TopLogProbability)
            | (args.TiltedLogits.IsGiven ? TokenOutputFlag.TiltedLogits : 0)
            | (args.Probabilities.IsGiven ? TokenOutputFlag.Probabilities : 0)
            | Flag(args.LeastKept, TokenOutputFlag.LeastKept)
            | Flag(args.LogSumExp, TokenOutputFlag.LogSumExp)
            | Flag(args.BaseLogSumExp, TokenOutputFlag.BaseLogSumExp)
            | Flag(args.Kl, TokenOutputFlag.Kl)
            | Flag(args.EffectiveSampleSize, TokenOutputFlag.EffectiveSampleSize)
            | Flag(args.Status, TokenOutputFlag.Status);
    }
}
