namespace SoftBoN.Kernels.Jobs;

/// <summary>Contenders that are slow do part of the batch: as long a time, as good a figure per element.</summary>
internal static class SlowContender
{
    /// <summary>Only one row in this many is done.</summary>
    public const int RowsDividedBy = 16;

    /// <summary>The part of a batch that is done.</summary>
    public static Shape PartOf(Shape shape) => shape with { Rows = Math.Max(1, shape.Rows / RowsDividedBy) };
}
