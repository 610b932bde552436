using System.Globalization;
using SoftBoN.Kernels.Vectors.Data;

namespace SoftBoN.Kernels.Vectors.Operations;

/// <summary>The inputs of a token tilt, ready to run.</summary>
internal sealed record TokenInputs
{
    public required float[] Logits { get; init; }

    public TokenStorage Stored { get; init; }

    public TokenStorage RewardsStored { get; init; }

    public bool HasRewards { get; init; }

    public uint[] Mask { get; init; } = [];

    public long[] SparseOffsets { get; init; } = [];

    public int[] SparseTokens { get; init; } = [];

    public float[] SparseValues { get; init; } = [];

    public RowParameter<float> Temperature { get; init; } = new(1f);

    public RowParameter<int> TopK { get; init; } = new(0);

    public RowParameter<float> TopP { get; init; } = new(1f);

    public RowParameter<float> MinP { get; init; } = new(0f);

    public RowParameter<float> TopNSigma { get; init; } = new(float.PositiveInfinity);

    public RowParameter<TokenTiltMode> Mode { get; init; } = new(TokenTiltMode.Tilt);

    public int Proposals { get; init; } = 1;

    public TokenNoise Noise { get; init; }

    public int Top { get; init; }

    public static TokenInputs Of(TokenText text, bool hasRewards)
    {
        var inputs = new TokenInputs
        {
            Logits = Inputs.Floats(text.Logits),
            Stored = text.Stored ?? TokenStorage.Float32,
            RewardsStored = text.RewardsStored ?? TokenStorage.Float32,
            HasRewards = hasRewards,
            Mask = text.Mask == null ? [] : Inputs.Bits(text.Mask),
            Temperature = Floats(text.Temperature, 1f),
            TopK = text.TopK == null ? new(0) : Parse(text.TopK, SpecText.ToInt),
            TopP = Floats(text.TopP, 1f),
            MinP = Floats(text.MinP, 0f),
            TopNSigma = Floats(text.TopNSigma, float.PositiveInfinity),
            Mode = text.Mode == null
                ? new(TokenTiltMode.Tilt)
                : Parse(text.Mode, word => (TokenTiltMode)SpecText.ToInt(word)),
            Proposals = text.Proposals ?? 1,
            Noise = text.Noise ?? TokenNoise.PerBlock,
            Top = text.Top ?? 0,
        };
        return text.Sparse == null ? inputs : inputs.WithSparse(text.Sparse);
    }

    /// <summary>Values as they are stored.</summary>
    public static TokenMatrix Matrix(float[] values, TokenStorage stored, int rows, int columns, long stride) =>
        stored switch
        {
            TokenStorage.Half => TokenMatrix.Of(Array.ConvertAll(values, ToHalf), rows, columns, stride),
            TokenStorage.BFloat16 => TokenMatrix.OfBFloat16(
                Array.ConvertAll(values, value => (ushort)(Bits(value) >> 16)), rows, columns, stride),
            _ => TokenMatrix.Of(values, rows, columns, stride),
        };

    /// <summary>The same with sparse rewards, a text of token:reward for each row.</summary>
    public TokenInputs WithSparse(IReadOnlyList<string> rows)
    {
        var offsets = new List<long> { 0 };
        var tokens = new List<int>();
        var values = new List<float>();
        foreach (string row in rows)
        {
            foreach (string word in row.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                string[] pair = word.Split(':');
                tokens.Add(SpecText.ToInt(pair[0]));
                values.Add(SpecText.ToFloat(pair[1]));
            }

            offsets.Add(tokens.Count);
        }

        return this with
        {
            SparseOffsets = [.. offsets],
            SparseTokens = [.. tokens],
            SparseValues = [.. values],
        };
    }

    /// <summary>One row's further inputs for a report.</summary>
    public string Describe(int row) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Stored} logits; T {Temperature[row]}; {Mode[row]}; noise {Noise}; top-k {TopK[row]}; top-p {TopP[row]}; "
        + $"min-p {MinP[row]}; top-n-sigma {TopNSigma[row]}; {SparseTokens.Length} sparse; mask of {Mask.Length} words");

    private static RowParameter<float> Floats(string? text, float absent) =>
        text == null ? new(absent) : Parse(text, SpecText.ToFloat);

    private static RowParameter<T> Parse<T>(string text, Func<string, T> parse)
        where T : unmanaged => RowParameter<T>.Parse(text.Split(' '), parse);

    /// <summary>
    /// Rounded towards zero by integer arithmetic, too large numbers to the largest; so is every machine's.
    /// </summary>
    private static Half ToHalf(float value)
    {
        if (!float.IsFinite(value))
        {
            return (Half)value;
        }

        uint bits = Bits(value);
        int exponent = (int)(bits >> 23 & 0xff) - 112;
        uint magnitude = exponent <= 0 ? 0 : exponent >= 31 ? 0x7bff : ((uint)exponent << 10) | (bits >> 13 & 0x3ff);
        return BitConverter.UInt16BitsToHalf((ushort)(bits >> 16 & 0x8000 | magnitude));
    }

    private static uint Bits(float value) => BitConverter.SingleToUInt32Bits(value);
}
