namespace SoftBoN.Kernels.Hosting;

/// <summary>What is the same for all tilts of a batcher.</summary>
internal sealed record TiltShape(int Vocabulary, int Proposals, TokenNoise Noise)
{
    /// <summary>The words of a mask.</summary>
    public int Words => (Vocabulary + 31) / 32;
}

/// <summary>Token tilts, each by a call of its own with the caller's memory.</summary>
internal sealed class TiltOperation(SoftBonEngine engine, TiltShape shape) : IBatchOperation<TiltRequest, TiltedToken>
{
    public string Name => "tilt";

    public int RowsOf(TiltRequest input) => 1;

    public TiltedToken[] Run(IReadOnlyList<TiltRequest> inputs) => [.. inputs.Select(Run)];

    /// <summary>Settings are those of a row, not of a call: one out of range is a status, as it is in a batch.</summary>
    private TiltedToken Run(TiltRequest request)
    {
        Span<float> lambda = [request.Lambda];
        Span<float> temperature = [request.Temperature];
        Span<int> topK = [request.TopK];
        Span<float> topP = [request.TopP];
        Span<float> minP = [request.MinP];
        Span<float> topNSigma = [request.TopNSigma];
        Span<TokenTiltMode> mode = [request.Mode];
        Span<int> token = [-1];
        Span<float> logProbability = [0];
        Span<float> baseLogProbability = [0];
        Span<float> modelLogProbability = [0];
        Span<float> kl = [0];
        Span<RowStatus> status = [RowStatus.Ok];
        engine.TiltTokens(
            TokenMatrix.Of(request.Logits.Span, 1, shape.Vocabulary),
            new TokenTiltOptions
            {
                Rewards = request.Rewards.IsEmpty ? default : TokenMatrix.Of(request.Rewards.Span, 1, shape.Vocabulary),
                Mask = request.Mask.IsEmpty ? default : TokenMask.PerRow(request.Mask.Span, shape.Words),
                Lambda = lambda,
                Temperature = temperature,
                TopK = topK,
                TopP = topP,
                MinP = minP,
                TopNSigma = topNSigma,
                Mode = mode,
                Proposals = shape.Proposals,
                Noise = shape.Noise,
                Seed = request.Seed,
                Position = request.Position,
            },
            new TokenTiltOutputs
            {
                Token = token,
                LogProbability = logProbability,
                BaseLogProbability = baseLogProbability,
                ModelLogProbability = modelLogProbability,
                Kl = kl,
                Status = status,
            });
        return new TiltedToken(
            token[0], logProbability[0], baseLogProbability[0], modelLogProbability[0], kl[0], status[0]);
    }
}
