namespace SoftBoN.Kernels.Orleans.Tests;

/// <summary>Rows of logits with all that may be given for them.</summary>
internal sealed class TokenBatch
{
    private readonly int rows;
    private readonly int columns;
    private readonly int words;
    private readonly float[] logits;
    private readonly Half[] halves;
    private readonly ushort[] narrow;
    private readonly float[] rewards;
    private readonly uint[] mask;
    private readonly int[] map;
    private readonly long[] sparseStarts;
    private readonly int[] sparseTokens;
    private readonly float[] sparseValues;
    private readonly float[] temperatures;
    private readonly ulong[] seeds;
    private readonly TokenTiltMode[] modes;

    public TokenBatch(int seed, int rows, int columns)
    {
        var random = new Random(seed);
        (this.rows, this.columns, words) = (rows, columns, (columns + 31) / 32);
        logits = [.. Enumerable.Range(0, rows * columns).Select(_ => Value(random))];
        halves = [.. logits.Select(value => (Half)value)];
        narrow = [.. logits.Select(value => (ushort)(BitConverter.SingleToUInt32Bits(value) >> 16))];
        rewards = [.. Enumerable.Range(0, rows * columns).Select(_ => (random.NextSingle() * 2) - 1)];
        mask = [.. Enumerable.Range(0, rows * words).Select(_ => (uint)random.NextInt64() | 1)];
        map = [.. Enumerable.Range(0, rows).Select(_ => random.Next(rows))];
        int[] counts = [.. Enumerable.Range(0, rows).Select(_ => random.Next(4))];
        sparseStarts = [0, .. counts.Select((_, i) => (long)counts.Take(i + 1).Sum())];
        sparseTokens = [.. counts.SelectMany(count => Enumerable.Range(0, count).Select(i => (i * columns / 4) + 1))];
        sparseValues = [.. sparseTokens.Select(_ => random.NextSingle())];
        temperatures = [.. Enumerable.Range(0, rows).Select(i => i % 9 == 4 ? -1f : random.NextSingle() + 0.1f)];
        seeds = [.. Enumerable.Range(0, rows).Select(_ => (ulong)random.NextInt64())];
        modes = [.. Enumerable.Range(0, rows).Select(i => (TokenTiltMode)(i % 3))];
    }

    /// <summary>All results of a tilt of whole rows, by bits.</summary>
    public byte[] Whole(SoftBonEngine engine, int form)
    {
        const int Top = 3;
        TokenTiltOptions options = Options(form, Top, truncates: true);
        int draws = rows * options.Draws;
        int[][] tokens = [.. Enumerable.Range(0, 2).Select(_ => Batch.Filled(draws, -7))];
        float[][] perDraw = [.. Enumerable.Range(0, 3).Select(_ => Batch.Filled(draws, -7f))];
        int[] topToken = Batch.Filled(rows * Top, -7);
        float[] topLog = Batch.Filled(rows * Top, -7f);
        float[][] perRow = [.. Enumerable.Range(0, 5).Select(_ => Batch.Filled(rows, -7f))];
        float[] tilted = Batch.Filled(rows * columns, -7f);
        ushort[] probabilities = new ushort[rows * columns];
        RowStatus[] status = new RowStatus[rows];
        engine.TiltTokens(Logits(form), options, new TokenTiltOutputs
        {
            Token = tokens[0],
            Rank = tokens[1],
            LogProbability = perDraw[0],
            BaseLogProbability = perDraw[1],
            ModelLogProbability = perDraw[2],
            TopToken = topToken,
            TopLogProbability = topLog,
            TiltedLogits = TokenOutput.Of(tilted, rows, columns),
            Probabilities = form % 2 == 0 ? default : TokenOutput.OfBFloat16(probabilities, rows, columns),
            LeastKept = perRow[0],
            LogSumExp = perRow[1],
            BaseLogSumExp = perRow[2],
            Kl = perRow[3],
            EffectiveSampleSize = form % 3 == 0 ? default : perRow[4],
            Status = status,
        });
        return Batch.Bits(
            [.. tokens, .. perDraw, topToken, topLog, tilted, Array.ConvertAll(probabilities, value => (int)value), .. perRow, status]);
    }

    /// <summary>All results that shards of a vocabulary can tell.</summary>
    public byte[] Long(SoftBonEngine engine, int form)
    {
        TokenTiltOptions options = Options(form, 0, truncates: false);
        int draws = rows * options.Draws;
        int[] token = Batch.Filled(draws, -7);
        float[][] perDraw = [.. Enumerable.Range(0, 2).Select(_ => Batch.Filled(draws, -7f))];
        float[][] perRow = [.. Enumerable.Range(0, 5).Select(_ => Batch.Filled(rows, -7f))];
        RowStatus[] status = new RowStatus[rows];
        bool wantsDraws = form % 5 != 4;
        engine.TiltTokens(Logits(form), options, new TokenTiltOutputs
        {
            Token = wantsDraws ? token : default,
            LogProbability = wantsDraws ? perDraw[0] : default,
            BaseLogProbability = wantsDraws ? perDraw[1] : default,
            LeastKept = perRow[0],
            LogSumExp = perRow[1],
            BaseLogSumExp = perRow[2],
            Kl = perRow[3],
            EffectiveSampleSize = perRow[4],
            Status = status,
        });
        return Batch.Bits([token, .. perDraw, .. perRow, status]);
    }

    /// <summary>Tilted logits in the logits' own place.</summary>
    public byte[] InPlace(SoftBonEngine engine)
    {
        float[] place = [.. logits];
        engine.TiltTokens(
            TokenMatrix.Of(place, rows, columns),
            new TokenTiltOptions { Rewards = TokenMatrix.Of(rewards, rows, columns), Lambda = 0.5f },
            new TokenTiltOutputs { TiltedLogits = TokenOutput.Of(place, rows, columns) });
        return Batch.Bits([place]);
    }

    private TokenMatrix Logits(int form) => (form % 3) switch
    {
        0 => TokenMatrix.Of(logits, rows, columns),
        1 => TokenMatrix.Of(halves, rows, columns),
        _ => TokenMatrix.OfBFloat16(narrow, rows, columns),
    };

    private TokenTiltOptions Options(int form, int top, bool truncates)
    {
        const int Draws = 2;
        bool isDense = form % 3 == 1;
        bool isSparse = truncates && form % 3 == 2;
        return new TokenTiltOptions
        {
            Temperature = form % 2 == 0 ? 0.8f : temperatures,
            Lambda = isDense || isSparse ? 0.4f : default(Lambda),
            Rewards = isDense ? TokenMatrix.Of(rewards, rows, columns) : default,
            RewardMap = isDense && form % 4 == 0 ? map : default,
            SparseRewards = isSparse ? new SparseTokenRewards(sparseStarts, sparseTokens, sparseValues) : default,
            Mask = (form % 4) switch
            {
                1 => TokenMask.Shared(mask.AsSpan(0, words)),
                2 => TokenMask.PerRow(mask, words),
                _ => default,
            },
            RowMap = form % 5 == 3 ? map : default,
            TopK = truncates && form % 7 == 1 ? 5 : default(PerRow<int>),
            TopP = truncates && form % 7 == 2 ? 0.7f : default(PerRow<float>),
            MinP = truncates && form % 7 == 3 ? 0.05f : default(PerRow<float>),
            TopNSigma = truncates && form % 7 == 4 ? 2f : default(PerRow<float>),
            LeastLogit = form % 7 == 5 ? -1f : default(PerRow<float>),
            Mode = form % 4 == 3 ? modes : default(PerRow<TokenTiltMode>),
            Proposals = form % 4 == 3 ? 4 : 0,
            Noise = (TokenNoise)(form % 2),
            Seed = form % 2 == 0 ? 42ul : seeds,
            Position = form % 3 == 0 ? default(PerRow<ulong>) : 9ul,
            Draws = form % 2 == 0 ? 1 : Draws,
            Top = top,
        };
    }

    private static float Value(Random random) => random.Next(5000) switch
    {
        0 => float.NaN,
        < 20 => float.NegativeInfinity,
        _ => (random.NextSingle() * 6) - 3,
    };
}
