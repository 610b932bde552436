namespace SoftBoN.Kernels.Ops;

/// <summary>Weights with vectors, then the count.</summary>
internal static unsafe partial class WeightedMajorityOp
{
    /// <summary>Weighted majority of rows first to end - 1.</summary>
    public static void RunSimd(in WeightedMajorityArgs args, long first, long end, RowScratch scratch) =>
        Run(in args, first, end, scratch, &SoftWeightsOp.RunSimdOnce);
}
