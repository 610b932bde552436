namespace SoftBoN.Kernels.Tests.TokenTilt;

/// <summary>Calls in which everything that may vary from row to row does.</summary>
internal static class RandomTokens
{
    private static readonly float[] Temperatures =
        [0f, 1e-38f, 0.01f, 0.3f, 1f, 1f, 1f, 2.5f, 40f, 1e20f, 1e37f, float.PositiveInfinity, -1f, float.NaN];

    private static readonly Mood[] Moods =
    [
        Mood.Normal, Mood.Normal, Mood.FarFromZero, Mood.Ties, Mood.AllEqual, Mood.SomeExcluded, Mood.OneIncluded,
        Mood.Zeros, Mood.Subnormal, Mood.Tiny, Mood.Huge, Mood.AnyBits, Mood.AllExcluded, Mood.WithNaN,
        Mood.WithInfinity,
    ];

    /// <summary>A call with rows of all kinds.</summary>
    /// <param name="seed">Its number.</param>
    /// <param name="columns">The length of its rows.</param>
    /// <param name="rows">How many.</param>
    public static TokenCase Make(ulong seed, int columns, int rows)
    {
        var random = new RandomRewards(seed);
        T[] Each<T>(Func<T> make) => [.. Enumerable.Range(0, rows).Select(_ => make())];
        T Of<T>(params T[] values) => values[random.NextInt(values.Length)];
        float[] Matrix() => [.. Enumerable.Range(0, rows).SelectMany(_ => random.Row(columns, Of(Moods)))];
        int words = (columns + 31) / 32;
        int rewards = random.NextInt(3);
        bool truncates = random.NextInt(2) == 0;
        var call = new TokenCase(columns, Matrix())
        {
            Stored = (Stored)random.NextInt(3),
            Rewards = rewards == 1 ? Matrix() : [],
            RewardsStored = (Stored)random.NextInt(3),
            Mask = random.NextInt(2) == 0
                ? []
                : [.. Enumerable.Range(0, rows * words).Select(_ => (uint)(random.NextWord() | random.NextWord()))],
            Temperatures = Each(() => Of(Temperatures)),
            Lambdas = Each(() => Of(Temperatures)),
            AllowNegative = random.NextInt(2) == 0,
            TopK = truncates ? Each(() => Of(0, 1, 5, 60, 100_000)) : [],
            TopP = truncates ? Each(() => Of(1f, 1f, 0.2f, 0.95f, 0.999999f)) : [],
            MinP = truncates ? Each(() => Of(0f, 0f, 1e-3f, 0.2f, 1f)) : [],
            TopNSigma = truncates ? Each(() => Of(float.PositiveInfinity, 1f, 0f, 2.5f)) : [],
            Modes = Each(() => (TokenTiltMode)Math.Max(0, random.NextInt(5) - 2)),
            Proposals = 1 + random.NextInt(5),
            Noise = (TokenNoise)random.NextInt(2),
            Seeds = Each(random.NextWord),
            Draws = 1 + random.NextInt(3),
            Top = random.NextInt(21),
        };
        return rewards == 2 ? WithSparse(call, random, rows) : call;
    }

    private static TokenCase WithSparse(TokenCase call, RandomRewards random, int rows)
    {
        var offsets = new List<long> { 0 };
        var tokens = new List<int>();
        for (int row = 0; row < rows; row++)
        {
            int token = -1;
            for (int i = random.NextInt(40); i > 0 && token < call.Columns; i--)
            {
                token += 1 + random.NextInt(Math.Max(1, call.Columns / 20));
                if (token < call.Columns || random.NextInt(50) == 0)
                {
                    tokens.Add(token);
                }
            }

            offsets.Add(tokens.Count);
        }

        return call with
        {
            SparseOffsets = [.. offsets],
            SparseTokens = [.. tokens],
            SparseValues = [.. random.Row(tokens.Count + 1, Mood.SomeExcluded)[..tokens.Count]],
        };
    }
}
