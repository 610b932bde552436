namespace SoftBoN.Kernels.Ops;

internal static unsafe partial class TokenTiltOp
{
    /// <summary>The token tilt of rows first to end - 1.</summary>
    public static void RunSimd(in TokenTiltArgs args, long first, long end, RowScratch scratch) =>
        RunReference(in args, first, end, scratch);
}
