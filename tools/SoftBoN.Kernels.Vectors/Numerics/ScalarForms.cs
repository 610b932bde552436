using SoftBoN.Kernels.Ops.Numerics;
using SoftBoN.Kernels.Vectors.Data;

namespace SoftBoN.Kernels.Vectors.Numerics;

/// <summary>The numeric functions as the reference backend has them.</summary>
internal static class ScalarForms
{
    public static IReadOnlyDictionary<string, NumericForm[]> All { get; } = new Dictionary<string, NumericForm[]>
    {
        ["uniform"] = [OfWord(Noise.Uniform)],
        ["exponential"] = [OfWord(word => Logarithm.NegLog1m(Noise.Uniform(word)))],
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
        ["philox"] = [Philox],
        ["canonical-sum"] = [Sums(CanonicalSumOf), Sums(SegmentedSumOf)],
        ["sum-of-exp2"] = [Sums(SumOfExp2)],
    };

    private static NumericForm OfWord(Func<uint, float> function) =>
        inputs => HexColumns.Lines([.. HexColumns.Column(inputs, 0).Select(function)]);

    private static NumericForm Of(Func<float, float> function) =>
        OfWord(word => function(BitConverter.UInt32BitsToSingle(word)));

    private static NumericForm Of(Func<float, float, float> function) => inputs => HexColumns.Lines(
        [.. HexColumns.Column(inputs, 0).Zip(
            HexColumns.Column(inputs, 1),
            (a, b) => function(BitConverter.UInt32BitsToSingle(a), BitConverter.UInt32BitsToSingle(b)))]);

    private static NumericForm Sums(Func<float[], float> sum) =>
        inputs => HexColumns.Lines([.. inputs.Select(input => sum(Inputs.Floats(input)))]);

    private static string?[] Philox(IReadOnlyList<string> inputs) => [.. inputs.Select(input =>
    {
        uint[] c = [.. input.Split(' ').Select(SpecText.ToWord)];
        (uint w0, uint w1, uint w2, uint w3) = Philox4x32.Block(c[0], c[1], c[2], c[3], c[4], c[5]);
        return HexColumns.Line(w0, w1, w2, w3);
    })];

    private static float CanonicalSumOf(float[] values)
    {
        CanonicalSum sum = default;
        foreach (float value in values)
        {
            sum.Add(value);
        }

        return sum.Total();
    }

    /// <summary>The sum of segments' sums, each made on its own.</summary>
    private static float SegmentedSumOf(float[] values)
    {
        CanonicalSum sum = default;
        foreach (float[] segment in values.Chunk(CanonicalSum.SegmentLength))
        {
            sum.AddSegment(CanonicalSumOf(segment));
        }

        return sum.Total();
    }

    private static float SumOfExp2(float[] exponents)
    {
        float max = exponents.Max();
        return CanonicalSumOf([.. exponents.Select(x => Exponential.Exp2(x - max))]);
    }
}
