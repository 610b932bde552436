using ILGPU;

namespace SoftBoN.Kernels.Ops;

/// <summary>A batch's lambdas as kernels take them.</summary>
internal struct KernelLambda
{
    public ArrayView<float> Values;
    public float Scalar;
    public int Kind;
    public int IsPerRow;

    public readonly bool IsBudget => Kind == (int)LambdaKind.TargetKl || Kind == (int)LambdaKind.TargetEss;

    /// <summary>What a row asks for.</summary>
    public readonly RowLambda Of(in KernelRow row) =>
        RowLambda.Of((LambdaKind)Kind, IsPerRow != 0 && row.Exists ? Values[row.Number] : Scalar);
}
