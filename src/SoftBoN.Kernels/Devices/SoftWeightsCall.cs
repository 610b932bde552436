using SoftBoN.Kernels.Ops;
using RowsOnDevice = SoftBoN.Kernels.Ops.DeviceRows;

namespace SoftBoN.Kernels.Devices;

internal readonly unsafe struct SoftWeightsCall : IHostCall<SoftWeightsArgs>
{
    public static string Operation => nameof(SoftBonEngine.SoftWeights);

    public static ref readonly RowSource RowsOf(in SoftWeightsArgs args) => ref args.Rows;

    public static void List(in SoftWeightsArgs args, ref OperandTable operands)
    {
        operands.Input(args.Lambda.Values.Values, Per.Row);
        operands.Output(args.Weights, Per.Candidate);
        operands.Output(args.LogWeights, Per.Candidate);
        operands.Output(args.LogMeanExp, Per.Row);
        operands.Output(args.EffectiveSampleSize, Per.Row);
        operands.Output(args.Entropy, Per.Row);
        operands.Output(args.KlToUniform, Per.Row);
        operands.Output(args.ExpectedReward, Per.Row);
        operands.Output(args.ChiSquare, Per.Row);
        operands.Output(args.KlFromTiltBound, Per.Row);
        operands.Output(args.KlFromModelBound, Per.Row);
        operands.Output(args.LambdaUsed, Per.Row);
        operands.Output(args.Status, Per.Row);
    }

    public static KernelLaunch Bind(
        in SoftWeightsArgs args, in RowChunk chunk, in RowsOnDevice rows, in ChunkViews views, SlotLaunches launches)
    {
        launches.SoftWeights.Args = new SoftWeightsDeviceArgs
        {
            Rows = rows,
            LambdaKind = args.Lambda.Kind,
            Lambda = new DeviceArg<float> { Values = views.Of<float>(0), Scalar = args.Lambda.Values.Scalar },
            Weights = views.Of<float>(1),
            LogWeights = views.Of<float>(2),
            LogMeanExp = views.Of<float>(3),
            EffectiveSampleSize = views.Of<float>(4),
            Entropy = views.Of<float>(5),
            KlToUniform = views.Of<float>(6),
            ExpectedReward = views.Of<float>(7),
            ChiSquare = views.Of<float>(8),
            KlFromTiltBound = views.Of<float>(9),
            KlFromModelBound = views.Of<float>(10),
            LambdaUsed = views.Of<float>(11),
            Status = views.Of<byte>(12),
        };
        return launches.SoftWeights;
    }
}
