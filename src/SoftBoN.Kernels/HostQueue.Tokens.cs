using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels;

/// <content>The token tilt.</content>
internal sealed unsafe partial class HostQueue
{
    public override void Run(in TokenTiltRequest request, ref BufferHolds holds)
    {
        DeviceTokenTiltOptions options = request.Options;
        var args = new TokenTiltArgs
        {
            Logits = At(request.Logits),
            Columns = request.Logits.Columns,
            Vocabulary = request.Logits.Columns,
            RowMap = At(options.RowMap),
            Mask = At(options.Mask.Words),
            MaskStride = options.Mask.RowStride,
            Rewards = At(options.Rewards),
            RewardMap = At(options.RewardMap),
            SparseStarts = At(options.SparseRewards.Offsets),
            SparseTokens = At(options.SparseRewards.Tokens),
            SparseValues = At(options.SparseRewards.Values),
            ChecksNumbers = true,
            LogitRows = request.Logits.Rows,
            RewardRows = options.Rewards.Rows,
            SparseCount = options.SparseRewards.Tokens.Length,
        };
        SetParameters(ref args, options);
        SetOutputs(ref args, request.Outputs);
        long tokens = request.Rows * (long)Math.Max(1, args.Columns);
        core.Run(in args, request.Rows, new CallSize(tokens, tokens * Math.Min(args.Draws, 64)), CancellationToken.None);
    }

    private static void SetParameters(ref TokenTiltArgs args, DeviceTokenTiltOptions options)
    {
        args.Lambda = LambdaOf(options.Lambda);
        args.Temperature = PerRow(options.Temperature, 1f);
        args.Mode = PerRow(options.Mode);
        args.TopK = PerRow(options.TopK);
        args.TopP = PerRow(options.TopP, 1f);
        args.MinP = PerRow(options.MinP);
        args.TopNSigma = PerRow(options.TopNSigma, float.PositiveInfinity);
        args.LeastLogit = PerRow(options.LeastLogit, float.NegativeInfinity);
        args.Seed = PerRow(options.Seed);
        args.Position = PerRow(options.Position);
        args.PositionIsRow = !options.Position.IsGiven;
        args.Noise = options.Noise;
        args.Draws = options.Draws;
        args.Proposals = options.Proposals;
        args.Top = options.Top;
    }

    private static void SetOutputs(ref TokenTiltArgs args, DeviceTokenTiltOutputs outputs)
    {
        args.Token = At(outputs.Token);
        args.Rank = At(outputs.Rank);
        args.LogProbability = At(outputs.LogProbability);
        args.BaseLogProbability = At(outputs.BaseLogProbability);
        args.ModelLogProbability = At(outputs.ModelLogProbability);
        args.TopToken = At(outputs.TopToken);
        args.TopLogProbability = At(outputs.TopLogProbability);
        args.TiltedLogits = At(outputs.TiltedLogits);
        args.Probabilities = At(outputs.Probabilities);
        args.LeastKept = At(outputs.LeastKept);
        args.LogSumExp = At(outputs.LogSumExp);
        args.BaseLogSumExp = At(outputs.BaseLogSumExp);
        args.Kl = At(outputs.Kl);
        args.EffectiveSampleSize = At(outputs.EffectiveSampleSize);
        args.Status = At(outputs.Status);
    }

    private static PerRowArg<T> PerRow<T>(DevicePerRow<T> values, T none)
        where T : unmanaged => values.IsGiven ? PerRow(values) : new() { Scalar = none };

    private static TokenSource At(DeviceTokenMatrix matrix)
    {
        void* values = At(matrix.Floats);
        values = values == null ? At(matrix.Halves) : values;
        values = values == null ? At(matrix.BFloats) : values;
        return new() { Values = values, Element = matrix.Element, RowStride = matrix.RowStride };
    }
}
