using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels;

public sealed unsafe partial class SoftBonEngine
{
    /// <summary>
    /// Draws tokens of a vocabulary from softmax(logit / T) tilted by exp(reward / lambda), and measures the tilt.
    /// </summary>
    /// <remarks>
    /// Order: sums in the one canonical order; among equal keys the lowest token wins. NaN: a row with a NaN or
    /// +infinity among the values that count gets a status, token -1 and NaN outputs; -infinity excludes a token.
    /// Values of tokens that are not allowed are never looked at (but for the model's log-probability), nor rewards of
    /// tokens that are not kept. Reproducibility: a row's results depend on its logits, rewards, mask, temperatures,
    /// truncation, mode, noise, seed and position alone. Source of the formulas: TokenTilt.md.
    /// </remarks>
    /// <param name="logits">The model's logits, of at most 2^20 tokens.</param>
    /// <param name="options">Temperatures, rewards, masks, truncation, seeds.</param>
    /// <param name="outputs">The caller's memory for the results.</param>
    /// <param name="cancellationToken">Looked at between chunks of rows.</param>
    /// <exception cref="ArgumentException">
    /// An argument does not fit the others; the message says which and how.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The engine was disposed.</exception>
    /// <exception cref="DeviceExecutionException">The device failed, or has too little memory.</exception>
    public void TiltTokens(
        TokenMatrix logits,
        TokenTiltOptions options,
        TokenTiltOutputs outputs,
        CancellationToken cancellationToken = default)
    {
        core.ThrowIfUnusable();
        long rows = TokenTiltCheck.Run(logits, options, outputs);
        Pin(logits, options, rows, default, outputs, cancellationToken);
    }

    /// <summary>Pins what is read, and goes on to what is written.</summary>
    private void Pin(
        TokenMatrix logits,
        TokenTiltOptions options,
        long rows,
        in TokenShardPlace place,
        TokenTiltOutputs outputs,
        CancellationToken cancellationToken)
    {
        TokenTiltArgs args = default;
        SetScalars(ref args, logits, options);
        ref byte logitStart = ref logits.Start;
        ref byte rewardStart = ref options.Rewards.Start;
        fixed (byte* logitMemory = &logitStart, rewardMemory = &rewardStart)
        fixed (int* rowMap = options.RowMap, rewardMap = options.RewardMap, sparseTokens = options.SparseRewards.Tokens)
        fixed (long* sparseStarts = options.SparseRewards.Offsets)
        fixed (float* sparseValues = options.SparseRewards.Values)
        fixed (uint* mask = options.Mask.Words)
        fixed (float* lambdas = options.Lambda.Values.Values, temperatures = options.Temperature.Values)
        fixed (float* topP = options.TopP.Values, minP = options.MinP.Values, topNSigma = options.TopNSigma.Values)
        fixed (float* leastLogit = options.LeastLogit.Values)
        fixed (int* topK = options.TopK.Values)
        fixed (TokenTiltMode* modes = options.Mode.Values)
        fixed (ulong* seeds = options.Seed.Values, positions = options.Position.Values)
        {
            args.Logits.Values = logitMemory;
            args.Rewards.Values = rewardMemory;
            args.RowMap = rowMap;
            args.RewardMap = rewardMap;
            args.Mask = mask;
            args.SparseStarts = sparseStarts;
            args.SparseTokens = sparseTokens;
            args.SparseValues = sparseValues;
            args.Lambda.Values.Values = lambdas;
            args.Temperature.Values = temperatures;
            args.TopK.Values = topK;
            args.TopP.Values = topP;
            args.MinP.Values = minP;
            args.TopNSigma.Values = topNSigma;
            args.LeastLogit.Values = leastLogit;
            args.Mode.Values = modes;
            args.Seed.Values = seeds;
            args.Position.Values = positions;
            var memory = new TokenTiltMemory(rows, in args, logits, options);
            Run(ref args, ref memory, rows, in place, outputs, cancellationToken);
        }
    }

    private static void SetScalars(ref TokenTiltArgs args, TokenMatrix logits, TokenTiltOptions options)
    {
        args.Logits = PlaceOf(logits, null);
        args.Columns = logits.Columns;
        args.Vocabulary = logits.Columns;
        args.Rewards = PlaceOf(options.Rewards, null);
        args.MaskStride = options.Mask.RowStride;
        args.Lambda = LambdaOf(options.Lambda, null);
        args.Temperature.Scalar = options.Temperature.IsGiven ? options.Temperature.Scalar : 1f;
        args.TopK.Scalar = options.TopK.Scalar;
        args.TopP.Scalar = options.TopP.IsGiven ? options.TopP.Scalar : 1f;
        args.MinP.Scalar = options.MinP.Scalar;
        args.TopNSigma.Scalar = options.TopNSigma.IsGiven ? options.TopNSigma.Scalar : float.PositiveInfinity;
        args.LeastLogit.Scalar = options.LeastLogit.IsGiven ? options.LeastLogit.Scalar : float.NegativeInfinity;
        args.Mode.Scalar = options.Mode.Scalar;
        args.Seed.Scalar = options.Seed.Scalar;
        args.Position.Scalar = options.Position.Scalar;
        args.PositionIsRow = !options.Position.IsGiven;
        args.Noise = options.Noise;
        args.Draws = options.Draws;
        args.Proposals = options.Proposals;
        args.Top = options.Top;
    }

    private static TokenSource PlaceOf(TokenMatrix matrix, byte* start) =>
        new() { Values = start, Element = matrix.Element, RowStride = matrix.RowStride };

    private void Run(
        ref TokenTiltArgs args,
        ref TokenTiltMemory memory,
        long rows,
        in TokenShardPlace place,
        TokenTiltOutputs outputs,
        CancellationToken cancellationToken)
    {
        fixed (int* token = outputs.Token, rank = outputs.Rank, topToken = outputs.TopToken)
        fixed (float* logProbability = outputs.LogProbability, baseLogProbability = outputs.BaseLogProbability)
        fixed (float* modelLogProbability = outputs.ModelLogProbability, topLogProbability = outputs.TopLogProbability)
        fixed (float* logSumExp = outputs.LogSumExp, baseLogSumExp = outputs.BaseLogSumExp)
        fixed (float* leastKept = outputs.LeastKept)
        fixed (float* kl = outputs.Kl, effectiveSampleSize = outputs.EffectiveSampleSize)
        fixed (RowStatus* status = outputs.Status)
        fixed (byte* tilted = &outputs.TiltedLogits.Matrix.Start, probabilities = &outputs.Probabilities.Matrix.Start)
        {
            args.TiltedLogits = PlaceOf(outputs.TiltedLogits.Matrix, tilted);
            args.Probabilities = PlaceOf(outputs.Probabilities.Matrix, probabilities);
            args.Token = token;
            args.Rank = rank;
            args.LogProbability = logProbability;
            args.BaseLogProbability = baseLogProbability;
            args.ModelLogProbability = modelLogProbability;
            args.TopToken = topToken;
            args.TopLogProbability = topLogProbability;
            args.LeastKept = leastKept;
            args.LogSumExp = logSumExp;
            args.BaseLogSumExp = baseLogSumExp;
            args.Kl = kl;
            args.EffectiveSampleSize = effectiveSampleSize;
            args.Status = status;
            memory.AddOutputs(in args, outputs);
            if (place.Step == TokenShardStep.None)
            {
                core.Run(in args, rows, SizeOf(in args, rows), cancellationToken);
            }
            else
            {
                Run(in args, ref memory, rows, in place, cancellationToken);
            }
        }
    }

    private void Run(
        in TokenTiltArgs args,
        ref TokenTiltMemory memory,
        long rows,
        in TokenShardPlace place,
        CancellationToken cancellationToken)
    {
        memory.AddShard(in place);
        var shard = new TokenShardArgs { Tilt = args, States = place.States, Picks = place.Picks };
        shard.Tilt.FirstToken = place.Shard.FirstToken;
        shard.Tilt.Columns = place.Shard.Tokens;
        shard.Tilt.Vocabulary = place.Shard.Vocabulary;
        shard.Tilt.SumsAll = true;
        core.Run(in shard, place.Step, rows, SizeOf(in shard.Tilt, rows), cancellationToken);
    }

    private static CallSize SizeOf(in TokenTiltArgs args, long rows)
    {
        long tokens = rows * Math.Max(1, args.Columns);
        return new CallSize(tokens, tokens * Math.Min(args.Draws, 64));
    }
}
