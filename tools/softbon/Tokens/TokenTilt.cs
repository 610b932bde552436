using SoftBoN.Tool.Input;

namespace SoftBoN.Tool.Tokens;

/// <summary>Tilts a few rows of tokens at a time and keeps their results.</summary>
internal sealed class TokenTilt(SoftBonEngine engine, TiltSettings settings)
{
    private readonly Column<ulong> _positions = new();

    public TiltSettings Settings => settings;

    public Column<int> Token { get; } = new();

    public Column<int> Rank { get; } = new();

    public Column<float> LogProbability { get; } = new();

    public Column<float> BaseLogProbability { get; } = new();

    public Column<int> TopToken { get; } = new();

    public Column<float> TopLogProbability { get; } = new();

    public Column<float> LogSumExp { get; } = new();

    public Column<float> BaseLogSumExp { get; } = new();

    public Column<float> Kl { get; } = new();

    public Column<RowStatus> Status { get; } = new();

    /// <summary>Tilts rows.</summary>
    /// <param name="logits">Their logits.</param>
    /// <param name="rewards">Their rewards, if there are any.</param>
    /// <param name="first">The number of the first of them.</param>
    /// <param name="cancellationToken">Looked at between chunks of rows.</param>
    public void Compute(TokenMatrix logits, TokenMatrix rewards, long first, CancellationToken cancellationToken)
    {
        Span<ulong> positions = _positions.Resize(logits.Rows);
        for (int i = 0; i < positions.Length; i++)
        {
            positions[i] = unchecked(settings.FirstPosition + (ulong)first + (ulong)i);
        }

        var options = new TokenTiltOptions
        {
            Rewards = rewards,
            Lambda = settings.Lambda ?? 1,
            Temperature = settings.Temperature,
            Seed = settings.Seed ?? 0,
            Position = positions,
            TopK = settings.TopK,
            TopP = settings.TopP,
            MinP = settings.MinP,
            TopNSigma = settings.TopNSigma,
            Mode = settings.Mode,
            Proposals = settings.Proposals,
            Noise = settings.Noise,
            Draws = settings.Draws,
            Top = settings.Top,
        };
        engine.TiltTokens(logits, options, Outputs(logits.Rows), cancellationToken);
    }

    private TokenTiltOutputs Outputs(int rows)
    {
        int draws = rows * settings.Draws;
        int top = rows * settings.Top;
        return new TokenTiltOutputs
        {
            Token = Token.Resize(draws),
            Rank = Rank.Resize(settings.Rank ? draws : 0),
            LogProbability = LogProbability.Resize(draws),
            BaseLogProbability = BaseLogProbability.Resize(draws),
            TopToken = TopToken.Resize(top),
            TopLogProbability = TopLogProbability.Resize(top),
            LogSumExp = LogSumExp.Resize(rows),
            BaseLogSumExp = BaseLogSumExp.Resize(rows),
            Kl = Kl.Resize(rows),
            Status = Status.Resize(rows),
        };
    }
}
