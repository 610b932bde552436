using System.Numerics;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Vectors.Numerics;

/// <summary>The numeric functions as the vector backend has them, at the width that this process runs with.</summary>
internal static class VectorForms
{
    public static IReadOnlyDictionary<string, NumericForm[]> All { get; } = new Dictionary<string, NumericForm[]>
    {
        ["uniform"] = [OfWord(Noise.Uniform)],
        ["exponential"] = [OfWord(words => Logarithm.NegLog1m(Noise.Uniform(words)))],
        ["gumbel"] = [OfWord(Noise.Gumbel)],
        ["race-exponential"] = [OfWord(Noise.Exponential)],
        ["exp"] = [Of(Exponential.Exp)],
        ["exp2"] = [Of(Exponential.Exp2)],
        ["expm1"] = [Of(Exponential.Expm1)],
        ["log"] = [Of(Logarithm.Log)],
        ["log1p"] = [Of(Logarithm.Log1p)],
        ["rcp"] = [Of(Division.Rcp), Of(DivisionByFma.Rcp)],
        ["div"] = [Of(Division.Div), Of(DivisionByFma.Div)],
        ["sqrt"] = [Of(Division.Sqrt), Of(DivisionByFma.Sqrt)],
        ["philox"] = [VectorPhilox.Fill, VectorPhilox.FillPortable],
        ["canonical-sum"] = [VectorSumForms.CanonicalSum],
        ["sum-of-exp2"] = [VectorSumForms.SumOfExp2],
    };

    private static NumericForm OfWord(Func<Vector<uint>, Vector<float>> function) =>
        inputs => HexColumns.Lines(Map(function, HexColumns.Column(inputs, 0)));

    private static NumericForm Of(Func<Vector<float>, Vector<float>> function) =>
        OfWord(words => function(words.As<uint, float>()));

    private static NumericForm Of(Func<Vector<float>, Vector<float>, Vector<float>> function) => inputs =>
    {
        uint[] divisors = Padded(HexColumns.Column(inputs, 1));
        int done = 0;
        return HexColumns.Lines(Map(
            words =>
            {
                var divisor = new Vector<uint>(divisors, done);
                done += Vector<uint>.Count;
                return function(words.As<uint, float>(), divisor.As<uint, float>());
            },
            HexColumns.Column(inputs, 0)));
    };

    /// <summary>Applies a function vector by vector; the last one is filled up with the last word.</summary>
    private static float[] Map(Func<Vector<uint>, Vector<float>> function, uint[] words)
    {
        uint[] padded = Padded(words);
        var results = new float[padded.Length];
        for (int i = 0; i < padded.Length; i += Vector<uint>.Count)
        {
            function(new Vector<uint>(padded, i)).CopyTo(results, i);
        }

        return results[..words.Length];
    }

    private static uint[] Padded(uint[] words)
    {
        int missing = (Vector<uint>.Count - (words.Length % Vector<uint>.Count)) % Vector<uint>.Count;
        return [.. words, .. Enumerable.Repeat(words[^1], missing)];
    }
}
