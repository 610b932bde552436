using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Orleans;

/// <summary>Lambda on its way: what its values mean, and the value of all rows where they share one.</summary>
internal struct LambdaForm
{
    public float Scalar;
    public LambdaKind Kind;

    public static LambdaForm Of(in LambdaArg lambda) => new() { Kind = lambda.Kind, Scalar = lambda.Values.Scalar };

    /// <summary>The lambda, with values for rows where the next array has any.</summary>
    public readonly Lambda Read(ref PartReader reader)
    {
        PerRow<float> values = reader.PerRow(Scalar);
        return Kind switch
        {
            LambdaKind.NotGiven => default,
            LambdaKind.GivenSigned => Lambda.AllowNegative(values),
            LambdaKind.TargetKl => Lambda.TargetKl(values),
            LambdaKind.TargetEss => Lambda.TargetEss(values),
            _ => values,
        };
    }
}
