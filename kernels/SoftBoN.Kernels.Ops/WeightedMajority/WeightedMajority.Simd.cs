namespace SoftBoN.Kernels.Ops;

internal static unsafe partial class WeightedMajorityOp
{
    public static void RunSimd(in WeightedMajorityArgs args, long first, long end, RowScratch scratch) => RunReference(in args, first, end, scratch);
}
