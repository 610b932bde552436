namespace SoftBoN.Kernels.Tests.TokenTilt;

/// <summary>The outputs of one call of the token tilt.</summary>
internal sealed class TokenResult
{
    private TokenResult(int rows, int draws, int top, int columns)
    {
        Token = new int[rows * draws];
        Rank = new int[rows * draws];
        LogProbability = new float[rows * draws];
        BaseLogProbability = new float[rows * draws];
        ModelLogProbability = new float[rows * draws];
        TopToken = new int[rows * top];
        TopLogProbability = new float[rows * top];
        LeastKept = new float[rows];
        LogSumExp = new float[rows];
        BaseLogSumExp = new float[rows];
        Kl = new float[rows];
        EffectiveSampleSize = new float[rows];
        Status = new RowStatus[rows];
        TiltedLogits = new float[rows * columns];
        Probabilities = new float[rows * columns];
    }

    public int[] Token { get; private set; }

    public int[] Rank { get; private set; }

    public float[] LogProbability { get; private set; }

    public float[] BaseLogProbability { get; private set; }

    public float[] ModelLogProbability { get; private set; }

    public int[] TopToken { get; private set; }

    public float[] TopLogProbability { get; private set; }

    public float[] LeastKept { get; private set; }

    public float[] LogSumExp { get; private set; }

    public float[] BaseLogSumExp { get; private set; }

    public float[] Kl { get; private set; }

    public float[] EffectiveSampleSize { get; private set; }

    public RowStatus[] Status { get; private set; }

    public float[] TiltedLogits { get; private set; }

    public float[] Probabilities { get; private set; }

    /// <summary>All outputs.</summary>
    public static TokenResult Of(SoftBonEngine engine, TokenCase call)
    {
        var result = new TokenResult(call.Count, call.Draws, call.Top, call.Columns);
        result.Run(engine, call);
        return result;
    }

    /// <summary>The tokens and the status alone, so that paths that skip the rest are taken.</summary>
    public static TokenResult TokensOf(SoftBonEngine engine, TokenCase call)
    {
        TokenResult result = Only(call);
        result.Token = new int[call.Count * call.Draws];
        result.Run(engine, call);
        return result;
    }

    /// <summary>Each output asked for by itself.</summary>
    public static IEnumerable<TokenResult> OneByOne(SoftBonEngine engine, TokenCase call)
    {
        int draws = call.Count * call.Draws;
        Action<TokenResult>[] outputs =
        [
            r => r.Token = new int[draws],
            r => r.Rank = new int[draws],
            r => r.LogProbability = new float[draws],
            r => r.BaseLogProbability = new float[draws],
            r => r.ModelLogProbability = new float[draws],
            r => r.TopToken = new int[call.Count * call.Top],
            r => r.TopLogProbability = new float[call.Count * call.Top],
            r => r.LeastKept = new float[call.Count],
            r => r.LogSumExp = new float[call.Count],
            r => r.BaseLogSumExp = new float[call.Count],
            r => r.Kl = new float[call.Count],
            r => r.EffectiveSampleSize = new float[call.Count],
            r => r.TiltedLogits = new float[call.Count * call.Columns],
            r => r.Probabilities = new float[call.Count * call.Columns],
        ];
        foreach (Action<TokenResult> output in outputs)
        {
            TokenResult result = Only(call);
            output(result);
            result.Run(engine, call);
            yield return result;
        }
    }

    public static void AssertSame(TokenResult expected, TokenResult actual, string what)
    {
        if (expected.Status.Length > 0 && actual.Status.Length > 0)
        {
            Assert.True(
                expected.Status.AsSpan().SequenceEqual(actual.Status),
                $"{what}: {string.Join(' ', expected.Status)} against {string.Join(' ', actual.Status)}");
        }

        Bitwise.Same(expected.LeastKept, actual.LeastKept, $"{what}: least kept logits");
        Bitwise.Same(expected.LogSumExp, actual.LogSumExp, $"{what}: log-sum-exp");
        Bitwise.Same(expected.BaseLogSumExp, actual.BaseLogSumExp, $"{what}: base log-sum-exp");
        Bitwise.Same(expected.Token, actual.Token, $"{what}: tokens");
        Bitwise.Same(expected.Rank, actual.Rank, $"{what}: ranks");
        Bitwise.Same(expected.LogProbability, actual.LogProbability, $"{what}: log-probabilities");
        Bitwise.Same(expected.BaseLogProbability, actual.BaseLogProbability, $"{what}: base log-probabilities");
        Bitwise.Same(expected.ModelLogProbability, actual.ModelLogProbability, $"{what}: model log-probabilities");
        Bitwise.Same(expected.TopToken, actual.TopToken, $"{what}: top tokens");
        Bitwise.Same(expected.TopLogProbability, actual.TopLogProbability, $"{what}: top log-probabilities");
        Bitwise.Same(expected.Kl, actual.Kl, $"{what}: KL");
        Bitwise.Same(expected.EffectiveSampleSize, actual.EffectiveSampleSize, $"{what}: effective sample sizes");
        Bitwise.Same(expected.TiltedLogits, actual.TiltedLogits, $"{what}: tilted logits");
        Bitwise.Same(expected.Probabilities, actual.Probabilities, $"{what}: probabilities");
    }

    /// <summary>The results of one row, as those of a batch of its own.</summary>
    public TokenResult ForRow(int row)
    {
        int rows = Status.Length;
        int draws = Token.Length / rows;
        int top = TopToken.Length / rows;
        int columns = TiltedLogits.Length / rows;
        var one = new TokenResult(1, draws, top, columns);
        Token.AsSpan(row * draws, draws).CopyTo(one.Token);
        Rank.AsSpan(row * draws, draws).CopyTo(one.Rank);
        LogProbability.AsSpan(row * draws, draws).CopyTo(one.LogProbability);
        BaseLogProbability.AsSpan(row * draws, draws).CopyTo(one.BaseLogProbability);
        ModelLogProbability.AsSpan(row * draws, draws).CopyTo(one.ModelLogProbability);
        TopToken.AsSpan(row * top, top).CopyTo(one.TopToken);
        TopLogProbability.AsSpan(row * top, top).CopyTo(one.TopLogProbability);
        one.LeastKept[0] = LeastKept[row];
        (one.LogSumExp[0], one.BaseLogSumExp[0]) = (LogSumExp[row], BaseLogSumExp[row]);
        (one.Kl[0], one.EffectiveSampleSize[0], one.Status[0]) = (Kl[row], EffectiveSampleSize[row], Status[row]);
        TiltedLogits.AsSpan(row * columns, columns).CopyTo(one.TiltedLogits);
        Probabilities.AsSpan(row * columns, columns).CopyTo(one.Probabilities);
        return one;
    }

    private static TokenResult Only(TokenCase call) => new(0, 0, 0, 0) { Status = new RowStatus[call.Count] };

    private void Run(SoftBonEngine engine, TokenCase call) => engine.TiltTokens(
        call.LogitMatrix,
        call.Options,
        new TokenTiltOutputs
        {
            Token = Token,
            Rank = Rank,
            LogProbability = LogProbability,
            BaseLogProbability = BaseLogProbability,
            ModelLogProbability = ModelLogProbability,
            TopToken = TopToken,
            TopLogProbability = TopLogProbability,
            LeastKept = LeastKept,
            LogSumExp = LogSumExp,
            BaseLogSumExp = BaseLogSumExp,
            Kl = Kl,
            EffectiveSampleSize = EffectiveSampleSize,
            Status = Status,
            TiltedLogits = TiltedLogits.Length == 0 ? default : TokenOutput.Of(TiltedLogits, call.Count, call.Columns),
            Probabilities = Probabilities.Length == 0 ? default : TokenOutput.Of(Probabilities, call.Count, call.Columns),
        });
}
