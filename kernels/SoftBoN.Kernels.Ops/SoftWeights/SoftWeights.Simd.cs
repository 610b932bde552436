namespace SoftBoN.Kernels.Ops;

internal static unsafe partial class SoftWeightsOp
{
    public static void RunSimd(in SoftWeightsArgs args, long first, long end, RowScratch scratch) => RunReference(in args, first, end);
}
