using SoftBoN.Kernels.Ops;
using RowsOnDevice = SoftBoN.Kernels.Ops.DeviceRows;

namespace SoftBoN.Kernels.Devices;

internal readonly unsafe struct RewardPoolingCall : IHostCall<RewardPoolingArgs>
{
    public static string Operation => nameof(SoftBonEngine.PoolRewards);

    public static ref readonly RowSource RowsOf(in RewardPoolingArgs args) => ref args.Rows;

    public static void List(in RewardPoolingArgs args, ref OperandTable operands)
    {
        operands.Shared(args.Powers, args.PowerCount);
        operands.Output(args.Reward, Per.Row);
        operands.Output(args.Status, Per.Row);
    }

    public static KernelLaunch Bind(
        in RewardPoolingArgs args, in RowChunk chunk, in RowsOnDevice rows, in ChunkViews views, SlotLaunches launches)
    {
        launches.Pooling.Args = new RewardPoolingDeviceArgs
        {
            Rows = rows,
            Kind = args.Kind,
            VarianceWeight = args.VarianceWeight,
            Powers = views.Of<float>(0),
            Reward = views.Of<float>(1),
            Status = views.Of<byte>(2),
        };
        return launches.Pooling;
    }
}
