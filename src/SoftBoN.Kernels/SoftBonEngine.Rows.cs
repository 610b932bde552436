using System.Numerics.Tensors;
using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels;

/// <summary>
/// From checked spans to the flat form that kernels take. Everything stays pinned while a call lasts.
/// </summary>
public sealed unsafe partial class SoftBonEngine
{
    private static RowSource Source(
        Rows rows, in RowsBinding binding, float* values, long* starts, int* lengths, long* packedStarts) => new()
        {
            Layout = rows.Layout,
            Values = values,
            Count = binding.Count,
            Columns = rows.Columns,
            RowStride = rows.RowStride,
            ColumnStride = rows.ColumnStride,
            Starts = starts,
            Lengths = lengths,
            PackedStarts = packedStarts,
        };

    private static RowSource Source(ReadOnlyTensorSpan<float> rewards, in RowsBinding binding, float* values) => new()
    {
        Layout = RowLayout.Strided,
        Values = values,
        Count = binding.Count,
        Columns = rewards.Rank == 0 ? 0 : (int)rewards.Lengths[^1],
        RowStride = rewards.Rank < 2 ? 0 : rewards.Strides[0],
        ColumnStride = rewards.Rank == 0 ? 0 : rewards.Strides[^1],
    };

    private static LambdaArg LambdaOf(Lambda lambda, float* values) => new()
    {
        Kind = lambda.Kind,
        Values = new PerRowArg<float> { Values = values, Scalar = lambda.Values.Scalar },
    };

    /// <summary>What a budget costs, in passes over the row.</summary>
    private static long WorkPerCandidate(Lambda lambda) =>
        lambda.Kind is LambdaKind.TargetKl or LambdaKind.TargetEss ? 32 : 1;
}
