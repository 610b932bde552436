namespace SoftBoN.Kernels.Vectors.Operations;

/// <summary>How many values an output has.</summary>
internal enum OutputShape
{
    PerRow,
    PerCandidate,
    PerDraw,
    PerTop,

    /// <summary>One per candidate of rows of one length; a line for the whole batch.</summary>
    PerToken,
}

/// <summary>One output of an operation.</summary>
/// <param name="Name">Its name in vector files.</param>
/// <param name="Shape">How many values it has.</param>
/// <param name="IsInteger">Whether its values are integers, which are written in decimal.</param>
internal readonly record struct OutputSpec(string Name, OutputShape Shape, bool IsInteger = false)
{
    public int CountFor(VectorBatch batch) => Shape switch
    {
        OutputShape.PerCandidate or OutputShape.PerToken => batch.Rows.Packed,
        OutputShape.PerDraw => batch.Rows.Count * batch.Draws,
        OutputShape.PerTop => batch.Rows.Count * batch.Top,
        _ => batch.Rows.Count,
    };

    /// <summary>One row's place in the output.</summary>
    public Range RangeOf(VectorBatch batch, int row) => Shape switch
    {
        OutputShape.PerCandidate or OutputShape.PerToken => batch.Rows.PackedRange(row),
        OutputShape.PerDraw => (row * batch.Draws)..((row + 1) * batch.Draws),
        OutputShape.PerTop => (row * batch.Top)..((row + 1) * batch.Top),
        _ => row..(row + 1),
    };
}
