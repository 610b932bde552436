using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Tests;

/// <summary>A lambda parameter as a value that fields and test data can hold.</summary>
internal sealed record Temperature(LambdaKind Kind, bool IsPerRow, params float[] Values)
{
    public Lambda Lambda
    {
        get
        {
            PerRow<float> values = IsPerRow ? Values : Values[0];
            return Kind switch
            {
                LambdaKind.Given => values,
                LambdaKind.GivenSigned => Lambda.AllowNegative(values),
                LambdaKind.TargetKl => Lambda.TargetKl(values),
                _ => Lambda.TargetEss(values),
            };
        }
    }

    public static Temperature Given(float lambda) => new(LambdaKind.Given, false, lambda);

    public static Temperature Signed(float lambda) => new(LambdaKind.GivenSigned, false, lambda);

    public static Temperature Kl(float nats) => new(LambdaKind.TargetKl, false, nats);

    public static Temperature Ess(float size) => new(LambdaKind.TargetEss, false, size);

    public static Temperature PerRow(params float[] lambdas) => new(LambdaKind.Given, true, lambdas);

    /// <summary>The same parameter for one row or for chosen rows of the batch.</summary>
    public Temperature ForRows(params int[] rows) =>
        IsPerRow ? this with { Values = [.. rows.Select(row => Values[row])] } : this;

    public override string ToString() => $"{Kind} {string.Join(' ', Values.Take(4).Select(v => v.ToString("R")))}";
}
