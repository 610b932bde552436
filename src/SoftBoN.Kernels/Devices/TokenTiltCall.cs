using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Devices;

/// <summary>How a token tilt's arguments in the caller's memory become arguments in device memory.</summary>
internal static unsafe class TokenTiltCall
{
    /// <summary>Lists the arrays besides rows of tokens, in the order in which <see cref="Bind"/> counts them.</summary>
    public static void List(in TokenTiltArgs args, ref OperandTable operands)
    {
        operands.Draws = args.Draws;
        operands.Top = args.Top;
        operands.Input(args.Lambda.Values.Values, Per.Row);
        operands.Input(args.Temperature.Values, Per.Row);
        operands.Input((byte*)args.Mode.Values, Per.Row);
        operands.Input(args.TopK.Values, Per.Row);
        operands.Input(args.TopP.Values, Per.Row);
        operands.Input(args.MinP.Values, Per.Row);
        operands.Input(args.TopNSigma.Values, Per.Row);
        operands.Input(args.LeastLogit.Values, Per.Row);
        operands.Input(args.Seed.Values, Per.Row);
        operands.Input(args.Position.Values, Per.Row);
        operands.Output(args.Token, Per.Draw);
        operands.Output(args.Rank, Per.Draw);
        operands.Output(args.LogProbability, Per.Draw);
        operands.Output(args.BaseLogProbability, Per.Draw);
        operands.Output(args.ModelLogProbability, Per.Draw);
        operands.Output(args.TopToken, Per.Top);
        operands.Output(args.TopLogProbability, Per.Top);
        operands.Output(args.LeastKept, Per.Row);
        operands.Output(args.LogSumExp, Per.Row);
        operands.Output(args.BaseLogSumExp, Per.Row);
        operands.Output(args.Kl, Per.Row);
        operands.Output(args.EffectiveSampleSize, Per.Row);
        operands.Output(args.Status, Per.Row);
    }

    /// <summary>Sets the arguments of a chunk, all but rows of tokens.</summary>
    public static TokenTiltDeviceArgs Bind(in TokenTiltArgs args, in RowChunk chunk, in ChunkViews views) => new()
    {
        Rows = chunk.Count,
        FirstRow = chunk.First,
        Columns = args.Columns,
        LambdaKind = args.Lambda.Kind,
        Lambda = new DeviceArg<float> { Values = views.Of<float>(0), Scalar = args.Lambda.Values.Scalar },
        Temperature = new DeviceArg<float> { Values = views.Of<float>(1), Scalar = args.Temperature.Scalar },
        Mode = new DeviceArg<byte> { Values = views.Of<byte>(2), Scalar = (byte)args.Mode.Scalar },
        TopK = new DeviceArg<int> { Values = views.Of<int>(3), Scalar = args.TopK.Scalar },
        TopP = new DeviceArg<float> { Values = views.Of<float>(4), Scalar = args.TopP.Scalar },
        MinP = new DeviceArg<float> { Values = views.Of<float>(5), Scalar = args.MinP.Scalar },
        TopNSigma = new DeviceArg<float> { Values = views.Of<float>(6), Scalar = args.TopNSigma.Scalar },
        LeastLogit = new DeviceArg<float> { Values = views.Of<float>(7), Scalar = args.LeastLogit.Scalar },
        Seed = new DeviceArg<ulong> { Values = views.Of<ulong>(8), Scalar = args.Seed.Scalar },
        Position = new DeviceArg<ulong> { Values = views.Of<ulong>(9), Scalar = args.Position.Scalar },
        PositionIsRow = args.PositionIsRow,
        Noise = args.Noise,
        Draws = args.Draws,
        Proposals = args.Proposals,
        Top = args.Top,
        Token = views.Of<int>(10),
        Rank = views.Of<int>(11),
        LogProbability = views.Of<float>(12),
        BaseLogProbability = views.Of<float>(13),
        ModelLogProbability = views.Of<float>(14),
        TopToken = views.Of<int>(15),
        TopLogProbability = views.Of<float>(16),
        LeastKept = views.Of<float>(17),
        LogSumExp = views.Of<float>(18),
        BaseLogSumExp = views.Of<float>(19),
        Kl = views.Of<float>(20),
        EffectiveSampleSize = views.Of<float>(21),
        Status = views.Of<byte>(22),
    };
}
