namespace SoftBoN.Kernels.Ops;

/// <summary>The lambda parameter of a batch: what its values mean, and the values.</summary>
internal struct LambdaArg
{
    public LambdaKind Kind;
    public PerRowArg<float> Values;

    /// <summary>What one row asks for; the rules of ranges are here and nowhere else.</summary>
    public readonly RowLambda this[long row] => RowLambda.Of(Kind, Values[row]);
}
