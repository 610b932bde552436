using SoftBoN.Kernels.Vectors.Data;

namespace SoftBoN.Kernels.Vectors.Operations;

/// <summary>One call of two linear reward heads.</summary>
/// <param name="FirstRow">Its first row in the batch.</param>
/// <param name="Rows">The number of its rows.</param>
/// <param name="Columns">The hidden values of a row.</param>
/// <param name="Hidden">The hidden values, row after row.</param>
/// <param name="Gating">Shares of the rows' own; none where the mixture is for all.</param>
internal sealed record HeadCall(int FirstRow, int Rows, int Columns, float[] Hidden, float[] Gating)
{
    public static float[] Bias { get; } = [0.125f, -3f];

    public static float[] Mixture { get; } = [0.75f, 0.25f];

    public float[] Weights => Inputs.Floats($"grid seed=91 count={2 * Columns}");
}
