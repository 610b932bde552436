namespace SoftBoN.Kernels.Vectors.Operations;

/// <summary>The token tilt with all its outputs.</summary>
internal sealed class TokenTiltOperation() : Operation(
    "token-tilt",
    new("token", OutputShape.PerDraw, IsInteger: true),
    new("rank", OutputShape.PerDraw, IsInteger: true),
    new("logProbability", OutputShape.PerDraw),
    new("baseLogProbability", OutputShape.PerDraw),
    new("modelLogProbability", OutputShape.PerDraw),
    new("topToken", OutputShape.PerTop, IsInteger: true),
    new("topLogProbability", OutputShape.PerTop),
    new("logSumExp", OutputShape.PerRow),
    new("baseLogSumExp", OutputShape.PerRow),
    new("kl", OutputShape.PerRow),
    new("effectiveSampleSize", OutputShape.PerRow),
    new("tiltedLogit", OutputShape.PerToken),
    new("probability", OutputShape.PerToken),
    new("status", OutputShape.PerRow, IsInteger: true))
{
    protected override void Run(
        SoftBonEngine engine, VectorBatch batch, OutputBuffers outputs, CancellationToken cancellationToken)
    {
        TokenInputs tokens = batch.Tokens!;
        int rows = batch.Rows.Count;
        int columns = rows == 0 ? 0 : batch.Rows.LengthOf(0);
        long stride = rows > 1 ? batch.Rows.StartOf(1) : columns;
        int words = (columns + 31) / 32;
        var options = new TokenTiltOptions
        {
            Rewards = tokens.HasRewards
                ? TokenInputs.Matrix(batch.Rewards, tokens.RewardsStored, rows, columns, columns)
                : default,
            SparseRewards = tokens.SparseOffsets.Length == 0
                ? default
                : new SparseTokenRewards(tokens.SparseOffsets, tokens.SparseTokens, tokens.SparseValues),
            Mask = tokens.Mask.Length == 0 || words == 0 ? default : TokenMask.PerRow(tokens.Mask, words),
            Lambda = batch.Lambda.ToLambda(),
            Temperature = tokens.Temperature.ToPerRow(),
            TopK = tokens.TopK.ToPerRow(),
            TopP = tokens.TopP.ToPerRow(),
            MinP = tokens.MinP.ToPerRow(),
            TopNSigma = tokens.TopNSigma.ToPerRow(),
            Mode = tokens.Mode.ToPerRow(),
            Proposals = tokens.Proposals,
            Noise = tokens.Noise,
            Seed = batch.Seed!.ToPerRow(),
            Position = batch.Position == null ? default : batch.Position.ToPerRow(),
            Draws = batch.Draws,
            Top = tokens.Top,
        };
        var tilted = new TokenBuffer(outputs.Integers(11), tokens.Stored);
        var probabilities = new TokenBuffer(outputs.Integers(12), tokens.Stored);
        var memory = new TokenTiltOutputs
        {
            Token = outputs.Integers(0),
            Rank = outputs.Integers(1),
            LogProbability = outputs.Floats(2),
            BaseLogProbability = outputs.Floats(3),
            ModelLogProbability = outputs.Floats(4),
            TopToken = outputs.Integers(5),
            TopLogProbability = outputs.Floats(6),
            LogSumExp = outputs.Floats(7),
            BaseLogSumExp = outputs.Floats(8),
            Kl = outputs.Floats(9),
            EffectiveSampleSize = outputs.Floats(10),
            TiltedLogits = tilted.Output(rows, columns),
            Probabilities = probabilities.Output(rows, columns),
            Status = outputs.Status,
        };
        TokenMatrix logits = TokenInputs.Matrix(tokens.Logits, tokens.Stored, rows, columns, stride);
        engine.TiltTokens(logits, options, memory, cancellationToken);
        tilted.Finish();
        probabilities.Finish();
    }
}
