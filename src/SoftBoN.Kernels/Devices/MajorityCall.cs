using SoftBoN.Kernels.Ops;
using RowsOnDevice = SoftBoN.Kernels.Ops.DeviceRows;

namespace SoftBoN.Kernels.Devices;

internal readonly unsafe struct MajorityCall : IHostCall<WeightedMajorityArgs>
{
    public static string Operation => nameof(SoftBonEngine.Majority);

    public static ref readonly RowSource RowsOf(in WeightedMajorityArgs args) => ref args.Rows;

    public static void List(in WeightedMajorityArgs args, ref OperandTable operands)
    {
        operands.Input(args.Lambda.Values.Values, Per.Row);
        operands.Input(args.Answers, Per.Candidate);
        operands.Output(args.Answer, Per.Row);
        operands.Output(args.Index, Per.Row);
        operands.Output(args.Share, Per.Row);
        operands.Output(args.LambdaUsed, Per.Row);
        operands.Output(args.Status, Per.Row);
    }

    public static KernelLaunch Bind(
        in WeightedMajorityArgs args,
        in RowChunk chunk,
        in RowsOnDevice rows,
        in ChunkViews views,
        SlotLaunches launches)
    {
        launches.Majority.Args = new WeightedMajorityDeviceArgs
        {
            Rows = rows,
            LambdaKind = args.Lambda.Kind,
            Lambda = new DeviceArg<float> { Values = views.Of<float>(0), Scalar = args.Lambda.Values.Scalar },
            Answers = views.Of<int>(1),
            Answer = views.Of<int>(2),
            Index = views.Of<int>(3),
            Share = views.Of<float>(4),
            LambdaUsed = views.Of<float>(5),
            Status = views.Of<byte>(6),
        };
        return launches.Majority;
    }
}
