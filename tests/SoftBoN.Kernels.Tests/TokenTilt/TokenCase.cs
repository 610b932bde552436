namespace SoftBoN.Kernels.Tests.TokenTilt;

/// <summary>How test logits and rewards are stored.</summary>
internal enum Stored
{
    Float32,
    Half,
    BFloat16,
}

/// <summary>
/// One call of the token tilt as a value that fields and test data can hold. Empty arrays mean "not given".
/// </summary>
internal sealed record TokenCase(int Columns, float[] Logits)
{
    public Stored Stored { get; init; }

    public long? RowStride { get; init; }

    public float[] Rewards { get; init; } = [];

    public Stored RewardsStored { get; init; }

    public int[] RewardMap { get; init; } = [];

    public long[] SparseOffsets { get; init; } = [];

    public int[] SparseTokens { get; init; } = [];

    public float[] SparseValues { get; init; } = [];

    /// <summary>One mask for all rows where it has one row's words, else one per row.</summary>
    public uint[] Mask { get; init; } = [];

    public int[] RowMap { get; init; } = [];

    public float[] Temperatures { get; init; } = [];

    public float[] Lambdas { get; init; } = [1];

    public bool AllowNegative { get; init; }

    public int[] TopK { get; init; } = [];

    public float[] TopP { get; init; } = [];

    public float[] MinP { get; init; } = [];

    public float[] TopNSigma { get; init; } = [];

    public float[] LeastLogits { get; init; } = [];

    public TokenTiltMode[] Modes { get; init; } = [];

    public int Proposals { get; init; }

    public TokenNoise Noise { get; init; }

    public ulong[] Seeds { get; init; } = [1];

    public ulong[] Positions { get; init; } = [];

    public int Draws { get; init; } = 1;

    public int Top { get; init; }

    public int LogitRows => Columns == 0 ? 1 : (int)((Logits.Length + Stride - Columns) / Stride);

    public int Count => RowMap.Length > 0 ? RowMap.Length : LogitRows;

    private long Stride => RowStride ?? Columns;

    public TokenMatrix LogitMatrix => Matrix(Logits, Stored, LogitRows, Columns, RowStride);

    public TokenTiltOptions Options
    {
        get
        {
            int words = (Columns + 31) / 32;
            return new TokenTiltOptions
            {
                Rewards = Rewards.Length == 0
                    ? default
                    : Matrix(Rewards, RewardsStored, Rewards.Length / Math.Max(1, Columns), Columns, null),
                RewardMap = RewardMap,
                SparseRewards = SparseOffsets.Length == 0
                    ? default
                    : new SparseTokenRewards(SparseOffsets, SparseTokens, SparseValues),
                Mask = Mask.Length == 0 ? default
                    : Mask.Length == words ? TokenMask.Shared(Mask)
                    : TokenMask.PerRow(Mask, words),
                RowMap = RowMap,
                Temperature = Parameter(Temperatures),
                Lambda = Lambdas.Length == 0 ? default
                    : AllowNegative ? Lambda.AllowNegative(Parameter(Lambdas)) : (Lambda)Parameter(Lambdas),
                TopK = Parameter(TopK),
                TopP = Parameter(TopP),
                MinP = Parameter(MinP),
                TopNSigma = Parameter(TopNSigma),
                LeastLogit = Parameter(LeastLogits),
                Mode = Parameter(Modes),
                Proposals = Proposals,
                Noise = Noise,
                Seed = Parameter(Seeds),
                Position = Parameter(Positions),
                Draws = Draws,
                Top = Top,
            };
        }
    }

    /// <summary>A float as it is stored and read back.</summary>
    public static float Rounded(float value, Stored stored) => stored switch
    {
        Stored.Half => (float)(Half)value,
        Stored.BFloat16 => BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits(value) & 0xffff0000),
        _ => value,
    };

    private static TokenMatrix Matrix(float[] values, Stored stored, int rows, int columns, long? stride) =>
        stored switch
        {
            Stored.Half => TokenMatrix.Of(Array.ConvertAll(values, v => (Half)v), rows, columns, stride),
            Stored.BFloat16 => TokenMatrix.OfBFloat16(
                Array.ConvertAll(values, v => (ushort)(BitConverter.SingleToUInt32Bits(v) >> 16)),
                rows,
                columns,
                stride),
            _ => TokenMatrix.Of(values, rows, columns, stride),
        };

    private static PerRow<T> Parameter<T>(T[] values)
        where T : unmanaged => values.Length switch
        {
            0 => default,
            1 => values[0],
            _ => values,
        };
}
