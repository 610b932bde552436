using SoftBoN.Kernels.Ops;
using RowsOnDevice = SoftBoN.Kernels.Ops.DeviceRows;

namespace SoftBoN.Kernels.Devices;

internal readonly unsafe struct SelectionCall : IHostCall<SelectionArgs>
{
    public static string Operation => nameof(SoftBonEngine.Select);

    public static ref readonly RowSource RowsOf(in SelectionArgs args) => ref args.Rows;

    public static void List(in SelectionArgs args, ref OperandTable operands)
    {
        operands.Draws = args.Draws;
        operands.Input(args.Lambda.Values.Values, Per.Row);
        operands.Input(args.Seed.Values, Per.Row);
        operands.Input(args.Position.Values, Per.Row);
        operands.Input(args.Offsets, Per.Candidate);
        operands.Input(args.Elements, Per.Candidate);
        operands.Output(args.Index, Per.Draw);
        operands.Output(args.Reward, Per.Draw);
        operands.Output(args.LogProbability, Per.Draw);
        operands.Output(args.Margin, Per.Draw);
        operands.Output(args.LambdaUsed, Per.Row);
        operands.Output(args.Status, Per.Row);
    }

    public static KernelLaunch Bind(
        in SelectionArgs args, in RowChunk chunk, in RowsOnDevice rows, in ChunkViews views, SlotLaunches launches)
    {
        launches.Selection.Args = new SelectionDeviceArgs
        {
            Rows = rows,
            LambdaKind = args.Lambda.Kind,
            Lambda = new DeviceArg<float> { Values = views.Of<float>(0), Scalar = args.Lambda.Values.Scalar },
            Seed = new DeviceArg<ulong> { Values = views.Of<ulong>(1), Scalar = args.Seed.Scalar },
            Position = new DeviceArg<ulong> { Values = views.Of<ulong>(2), Scalar = args.Position.Scalar },
            PositionIsRow = args.PositionIsRow,
            FirstRow = chunk.First,
            Noise = args.Noise,
            Draws = args.Draws,
            Distinct = args.Distinct,
            Offsets = views.Of<float>(3),
            Elements = views.Of<uint>(4),
            Index = views.Of<int>(5),
            Reward = views.Of<float>(6),
            LogProbability = views.Of<float>(7),
            Margin = views.Of<float>(8),
            LambdaUsed = views.Of<float>(9),
            Status = views.Of<byte>(10),
        };
        return launches.Selection;
    }
}
