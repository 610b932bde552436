using SoftBoN.Kernels.Vectors.Data;

namespace SoftBoN.Kernels.Vectors.Operations;

/// <summary>What the values of a batch's lambda mean.</summary>
internal enum LambdaMeaning
{
    Given,
    Signed,
    Kl,
    Ess,
}

/// <summary>A batch's lambda; keeps what <see cref="Lambda"/>, which lives on the stack, is made from.</summary>
internal sealed record LambdaParameter(LambdaMeaning Meaning, RowParameter<float> Values)
{
    /// <summary>
    /// From a text: <c>given</c>, <c>signed</c>, <c>kl</c> or <c>ess</c>, then a value or [a value per row].
    /// </summary>
    public static LambdaParameter Parse(string text)
    {
        SpecText spec = SpecText.Parse(text);
        LambdaMeaning meaning = spec.Kind switch
        {
            "given" => LambdaMeaning.Given,
            "signed" => LambdaMeaning.Signed,
            "kl" => LambdaMeaning.Kl,
            "ess" => LambdaMeaning.Ess,
            _ => throw spec.Unknown("given, signed, kl or ess"),
        };
        return new LambdaParameter(meaning, RowParameter<float>.Parse(spec.Values, SpecText.ToFloat));
    }

    /// <summary>Whether lambda has to be found.</summary>
    public bool IsBudget => Meaning is LambdaMeaning.Kl or LambdaMeaning.Ess;

    public Lambda ToLambda() => Meaning switch
    {
        LambdaMeaning.Signed => Lambda.AllowNegative(Values.ToPerRow()),
        LambdaMeaning.Kl => Lambda.TargetKl(Values.ToPerRow()),
        LambdaMeaning.Ess => Lambda.TargetEss(Values.ToPerRow()),
        _ => Values.ToPerRow(),
    };
}
