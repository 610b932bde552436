using SoftBoN.Kernels.Vectors.Data;
using SoftBoN.Kernels.Vectors.Operations;

namespace SoftBoN.Kernels.Vectors.Randomized;

/// <summary>Random batches of the token tilt.</summary>
internal static class RandomTokens
{
    private static readonly int[] Columns = [0, 1, 3, 31, 64, 100, 257, 300, 300, 700, 1024, 1500];

    private static readonly float[] Temperatures =
        [0f, 1e-37f, 0.05f, 0.5f, 1f, 1f, 1f, 3f, 1e30f, float.PositiveInfinity];

    /// <summary>A temperature at which a difference of 30 is beyond all floats.</summary>
    private const float Smallest = 3e-38f;

    public static VectorBatch Make(WordReader words, int rows)
    {
        int columns = Columns[words.Below(Columns.Length)];
        int stride = columns + words.Below(4);
        int rewards = words.Below(3);
        bool truncates = words.Once(2);
        bool isMasked = words.Once(2);
        bool mayBeInvalid = words.Once(2);
        RowsShape shape = RowsShape.Parse($"strided {rows} {columns} {stride} 1");
        bool[] contradicts = [.. Each(rows, () => rewards == 1 && words.Once(32))];
        float[] logits = RandomRows.Rewards(words, shape, rows * stride);
        float[] dense = rewards == 1 ? DenseRewards(words, rows, columns) : [];
        for (int row = 0; row < rows; row++)
        {
            if (contradicts[row])
            {
                Contradict(logits.AsSpan(row * stride, columns), dense.AsSpan(row * columns, columns));
            }
        }

        var tokens = new TokenInputs
        {
            Logits = logits,
            Stored = (TokenStorage)words.Below(3),
            RewardsStored = (TokenStorage)words.Below(3),
            HasRewards = rewards == 1,
            Mask = isMasked ? [.. Each(rows * ((columns + 31) / 32), () => words.Next() | words.Next())] : [],
            Temperature = TemperaturesOf(-1f, mayBeNegative: false),
            TopK = PerRow(rows, () => Invalid(-1, truncates ? words.Below(60) : 0)),
            TopP = PerRow(rows, () => truncates && words.Once(2) ? Unit() : 1f),
            MinP = PerRow(rows, () => truncates && words.Once(2) ? Unit() * 0.1f : 0f),
            TopNSigma = PerRow(rows, () => truncates && words.Once(2) ? Unit() * 4f : float.PositiveInfinity),
            Mode = PerRow(rows, () => Invalid((TokenTiltMode)3, (TokenTiltMode)Math.Max(0, words.Below(5) - 2))),
            Proposals = 1 + words.Below(4),
            Noise = (TokenNoise)words.Below(2),
            Top = words.Below(21),
        };
        return new VectorBatch
        {
            Rewards = dense,
            Rows = shape,
            Lambda = new LambdaParameter(
                words.Once(2) ? LambdaMeaning.Signed : LambdaMeaning.Given,
                TemperaturesOf(float.NaN, mayBeNegative: true)),
            Seed = RandomParameters.UInt64(words, rows),
            Position = words.Once(2) ? null : RandomParameters.UInt64(words, rows),
            Draws = 1 + words.Below(3),
            Tokens = rewards == 2 ? tokens.WithSparse([.. Each(rows, () => Sparse(words, columns))]) : tokens,
        };

        T Invalid<T>(T invalid, T valid) => mayBeInvalid && words.Once(40) ? invalid : valid;

        float Unit() => (words.Below(1 << 20) + 1) / 1048576f;

        float Sign(bool mayBeNegative) => mayBeNegative && words.Once(4) ? -1f : 1f;

        RowParameter<float> TemperaturesOf(float invalid, bool mayBeNegative) => new(
            0f,
            [
                .. contradicts.Select(contradict => contradict
                    ? Smallest
                    : Invalid(invalid, Sign(mayBeNegative) * Temperatures[words.Below(Temperatures.Length)])),
            ]);
    }

    /// <summary>The only good logit has the only bad reward.</summary>
    private static void Contradict(Span<float> logits, Span<float> rewards)
    {
        logits.Fill(-30f);
        rewards.Clear();
        if (logits.Length > 0)
        {
            (logits[0], rewards[0]) = (0f, -30f);
        }
    }

    private static float[] DenseRewards(WordReader words, int rows, int columns) =>
        RandomRows.Rewards(words, RowsShape.Parse($"dense {rows} {columns}"), rows * columns);

    /// <summary>Ascending tokens with rewards; now and then one too many.</summary>
    private static string Sparse(WordReader words, int columns)
    {
        var pairs = new List<string>();
        for (int token = words.Below(40); token < columns || words.Once(60); token += 1 + words.Below(40))
        {
            pairs.Add($"{token}:{words.Below(9) - 4}");
        }

        return string.Join(' ', pairs);
    }

    private static RowParameter<T> PerRow<T>(int rows, Func<T> make)
        where T : unmanaged => new(default, [.. Each(rows, make)]);

    private static IEnumerable<T> Each<T>(int count, Func<T> make) => Enumerable.Range(0, count).Select(_ => make());
}
