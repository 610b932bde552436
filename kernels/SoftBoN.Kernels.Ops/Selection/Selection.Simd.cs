namespace SoftBoN.Kernels.Ops;

internal static unsafe partial class SelectionOp
{
    public static void RunSimd(in SelectionArgs args, long first, long end, RowScratch scratch) => RunReference(in args, first, end, scratch);
}
