using SoftBoN.Kernels.Vectors.Data;
using SoftBoN.Kernels.Vectors.Files;
using SoftBoN.Kernels.Vectors.Numerics;

namespace SoftBoN.Kernels.Vectors.Recipes;

/// <summary>
/// Inputs of the numeric functions: every edge and its neighbours, and a spread over the whole domain.
/// </summary>
internal static class NumericRecipes
{
    private const int SpreadCount = 240;
    private const int BulkCount = 20000;
    private const float Tiny = 1.17549435e-38f;

    /// <summary>All files, with inputs alone.</summary>
    public static IEnumerable<NumericFile> All =>
    [
        OfWords("uniform", "v = (word / 2) 2^-31 + 2^-32, at most 1 - 2^-24"),
        OfWords("exponential", "e = -log1p(-v), v the uniform of the word"),
        OfWords("gumbel", "g = -log(-log1p(-v)), v the uniform of the word"),
        OfWords("race-exponential", "e = -log(v), v the uniform of the word"),
        new(
            "exp",
            "exp(x), x at most 0; 0 below -87.33654",
            NotPositive([0f, -0.34657f, -87.33654f, -88f], 90),
            Bulk("negative", 120, 133)),
        new(
            "exp2",
            "2^x, x at most 0; 0 below -94",
            NotPositive([0f, -0.5f, -1f, -1.5f, -93.5f, -94f, -95f], 90),
            Bulk("negative", 120, 133)),
        new(
            "expm1",
            "exp(x) - 1, x at most 0",
            NotPositive([0f, -0.34657f, -0.69315f, -24.9f, -25f, -26f], 20),
            Bulk("negative", 110, 131)),
        new(
            "log",
            "log(x); a NaN result is written 7fc00000",
            OfFloats([0f, 0.75f, 1f, 1.5f, 2f, Tiny, 1e-45f, -1f, float.MaxValue], Positive(11, 1, 254)),
            Bulk("positive", 1, 254)),
        new(
            "log1p",
            "log(1 + x); a NaN result is written 7fc00000",
            OfFloats([0f, -0.25f, -0.5f, -1f, -2f, 0.5f, 1f, 33554432f, float.MaxValue], Log1pSpread),
            Bulk("spread", 110, 126)),
        new(
            "rcp",
            "1 / x, 2^-126 <= |x| <= 2^126",
            OfFloats([1f, 1.9999999f, 2f, 3f, -7f, Tiny], Floats(13, 3, 250)),
            Bulk("spread", 3, 250)),
        new(
            "sqrt",
            "the square root of x, finite and normal or 0",
            OfFloats([0f, 1f, 2f, 3f, 4f, 0.25f, float.MaxValue], Positive(14, 1, 254), float.IsFinite),
            Bulk("positive", 1, 254)),
        new(
            "div",
            "a / b; 0 below 2^-125 in magnitude",
            Quotients,
            new([.. Bulk("spread", 1, 254).Inputs, $"spread seed=25 count={BulkCount} from=1 to=254"])),
        new("philox", "Philox4x32-10: counter, key -> words; the first three are published", PhiloxBlocks),
        new("canonical-sum", "the sum of floats in the canonical order", Sums("grid", "spread from=90 to=140")),
        new("sum-of-exp2", "the canonical sum of 2^(x - max)", Sums("grid", "spread from=110 to=132")),
    ];

    private static IEnumerable<float> Log1pSpread =>
        Positive(12, 60, 254).Concat(Positive(15, 60, 125).Select(x => -x)).Where((_, i) => i % 3 == 0)
            .Concat(Floats(23, 121, 125));

    private static string[] Quotients
    {
        get
        {
            IEnumerable<string> edges = new[]
            {
                (0f, 3f), (1f, 3f), (1f, 1.9999999f), (1.9999999f, 1.9999998f), (-5f, 7f), (Tiny, 2f), (Tiny, 1f),
                (2.350988701644575e-38f, 1f), (2.350988701644575e-38f, 1.0000001f), (float.MaxValue, 0.5f), (1f, Tiny),
            }.Select(pair => Line(pair.Item1, pair.Item2));
            return
            [
                .. edges,
                .. Floats(16, 1, 254).Zip(Floats(17, 1, 254), Line),
                .. Floats(18, 120, 130).Zip(Floats(19, 120, 130), Line),
            ];
        }
    }

    private static string[] PhiloxBlocks
    {
        get
        {
            uint[] words = Words.Make(20, 0, 6 * 60);
            return
            [
                "00000000 00000000 00000000 00000000 00000000 00000000",
                "ffffffff ffffffff ffffffff ffffffff ffffffff ffffffff",
                "243f6a88 85a308d3 13198a2e 03707344 a4093822 299f31d0",
                .. Enumerable.Range(0, 12).Select(i => HexColumns.Line((uint)i, 0, 0, 0, 42, 0)),
                "3fffffff 00000000 ffffffff ffffffff ffffffff ffffffff",
                .. words.Chunk(6).Select(c => HexColumns.Line(c[0] >> 2, c[1], c[2], c[3], c[4], c[5])),
            ];
        }
    }

    private static NumericFile OfWords(string name, string about)
    {
        IEnumerable<uint> edges = Enumerable.Range(0, 32)
            .SelectMany(bit => new[] { (1u << bit) - 1, 1u << bit, ~(1u << bit), 0u - (1u << bit) })
            .Distinct()
            .Order();
        return new NumericFile(
            name,
            about,
            [.. edges.Concat(Words.Make(10, 0, SpreadCount)).Select(HexColumns.Word)],
            new NumericBulk([$"words seed=24 count={BulkCount}"]));
    }

    private static NumericBulk Bulk(string kind, int first, int last) =>
        new([$"{kind} seed=24 count={BulkCount} from={first} to={last}"]);

    /// <summary>
    /// A quarter is spread down to tiny magnitudes, the rest over those at which the polynomials work.
    /// </summary>
    private static string[] NotPositive(float[] edges, int first) => OfFloats(
        [.. edges, -Tiny, float.NegativeInfinity],
        Floats(21, first, 133).Where((_, i) => i % 4 == 0).Concat(Floats(22, 123, 133)).Select(x => -MathF.Abs(x)),
        x => x <= 0f);

    private static string[] OfFloats(float[] edges, IEnumerable<float> spread, Func<float, bool>? domain = null) =>
    [
        .. edges.SelectMany(Neighbours).Where(domain ?? (_ => true)).Concat(spread)
            .Select(BitConverter.SingleToUInt32Bits).Distinct().Select(HexColumns.Word),
    ];

    /// <summary>A float and the two on either side, where there are any that are normal.</summary>
    private static IEnumerable<float> Neighbours(float x)
    {
        float magnitude = MathF.Abs(x);
        bool alone = magnitude is <= Tiny or > float.MaxValue;
        return alone
            ? [x]
            : new[]
            {
                MathF.BitDecrement(MathF.BitDecrement(x)), MathF.BitDecrement(x), x, MathF.BitIncrement(x),
                MathF.BitIncrement(MathF.BitIncrement(x)),
            };
    }

    private static string[] Sums(string first, string second) =>
    [
        .. new[]
        {
            1, 2, 3, 4, 5, 8, 31, 64, 127, 128, 129, 130, 255, 300, 1023, 1024, 1025, 1152, 2047, 2048, 2500, 20000,
        }.SelectMany(count => new[] { first, second }.Select(kind => $"{kind} seed={count} count={count}")),
    ];

    private static IEnumerable<float> Positive(ulong seed, int first, int last) =>
        Floats(seed, first, last).Select(MathF.Abs);

    private static float[] Floats(ulong seed, int first, int last) =>
        [.. Words.Make(seed, 0, SpreadCount).Select(word => FloatsFromWords.Spread(word, first, last))];

    private static string Line(float a, float b) =>
        HexColumns.Line(BitConverter.SingleToUInt32Bits(a), BitConverter.SingleToUInt32Bits(b));
}
