using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Cuda;

public sealed partial class SoftBonCuda
{
    /// <inheritdoc cref="WorkspaceBytes(in CudaSoftWeights)"/>
    public long WorkspaceBytes(in CudaTokenTilt call) => BytesOf(ArgsOf(in call));

    /// <summary>Queues a token tilt: softmax(logit / temperature) exp(reward / lambda), renormalised.</summary>
    /// <remarks>Two launches at least; one more each for truncation, draws, ranks, the likeliest tokens, outputs per token.</remarks>
    /// <param name="call">Logits, rewards, parameters and outputs.</param>
    /// <exception cref="ArgumentException">A number or an address is out of range; the message says which.</exception>
    /// <exception cref="InvalidOperationException">There is too little workspace, or an earlier fault.</exception>
    /// <exception cref="CudaFaultException">The driver reported an error.</exception>
    /// <exception cref="ObjectDisposedException">This was disposed of.</exception>
    public void TiltTokens(in CudaTokenTilt call) => Run(ArgsOf(in call), call.Rows, call.Logits.Address);

    private static TokenTiltDeviceArgs ArgsOf(in CudaTokenTilt call)
    {
        TokenTiltCheck.Run(in call);
        int rows = call.Rows;
        long maskWords = (call.Logits.Columns + 31L) / 32;
        var args = new TokenTiltDeviceArgs
        {
            Rows = rows,
            Columns = call.Logits.Columns,
            Logits = call.Logits.Tokens(nameof(call.Logits)),
            RowMap = ViewOf<int>(call.RowMap, rows, nameof(call.RowMap)),
            Mask = ViewOf<uint>(
                call.Mask, (Math.Max(0, call.Logits.Rows - 1L) * call.MaskStride) + maskWords, nameof(call.Mask)),
            MaskStride = call.MaskStride,
            Rewards = call.Rewards.Tokens(nameof(call.Rewards)),
            RewardMap = ViewOf<int>(call.RewardMap, rows, nameof(call.RewardMap)),
            SparseStarts = ViewOf<long>(call.SparseOffsets, call.Logits.Rows + 1L, nameof(call.SparseOffsets)),
            SparseTokens = ViewOf<int>(call.SparseTokens, call.SparseCount, nameof(call.SparseTokens)),
            SparseValues = ViewOf<float>(call.SparseValues, call.SparseCount, nameof(call.SparseValues)),
        };
        SetParameters(in call, rows, ref args);
        SetOutputs(in call, rows, ref args);
        return args;
    }

    private static void SetParameters(in CudaTokenTilt call, int rows, ref TokenTiltDeviceArgs args)
    {
        args.LambdaKind = (LambdaKind)call.Lambda.Kind;
        args.Lambda = ArgOf(call.Lambda.Values, rows, nameof(call.Lambda));
        args.Temperature = ArgOf(call.Temperature, 1f, rows, nameof(call.Temperature));
        args.Mode.Values = ViewOf<byte>(call.Mode.Address, rows, nameof(call.Mode));
        args.Mode.Scalar = (byte)call.Mode.Scalar;
        args.TopK = ArgOf(call.TopK, rows, nameof(call.TopK));
        args.TopP = ArgOf(call.TopP, 1f, rows, nameof(call.TopP));
        args.MinP = ArgOf(call.MinP, rows, nameof(call.MinP));
        args.TopNSigma = ArgOf(call.TopNSigma, float.PositiveInfinity, rows, nameof(call.TopNSigma));
        args.LeastLogit = ArgOf(call.LeastLogit, float.NegativeInfinity, rows, nameof(call.LeastLogit));
        args.Seed = ArgOf(call.Seed, rows, nameof(call.Seed));
        args.Position = ArgOf(call.Position, rows, nameof(call.Position));
        args.PositionIsRow = !call.Position.IsGiven;
        args.Noise = call.Noise;
        args.Draws = call.Draws;
        args.Proposals = call.Proposals;
        args.Top = call.Top;
    }

    private static void SetOutputs(in CudaTokenTilt call, long rows, ref TokenTiltDeviceArgs args)
    {
        long draws = rows * call.Draws;
        args.Token = ViewOf<int>(call.Token, draws, nameof(call.Token));
        args.Rank = ViewOf<int>(call.Rank, draws, nameof(call.Rank));
        args.LogProbability = ViewOf<float>(call.LogProbability, draws, nameof(call.LogProbability));
        args.BaseLogProbability = ViewOf<float>(call.BaseLogProbability, draws, nameof(call.BaseLogProbability));
        args.ModelLogProbability = ViewOf<float>(call.ModelLogProbability, draws, nameof(call.ModelLogProbability));
        args.TopToken = ViewOf<int>(call.TopToken, rows * call.Top, nameof(call.TopToken));
        args.TopLogProbability = ViewOf<float>(call.TopLogProbability, rows * call.Top, nameof(call.TopLogProbability));
        args.TiltedLogits = call.TiltedLogits.Tokens(nameof(call.TiltedLogits));
        args.Probabilities = call.Probabilities.Tokens(nameof(call.Probabilities));
        args.LeastKept = ViewOf<float>(call.LeastKept, rows, nameof(call.LeastKept));
        args.LogSumExp = ViewOf<float>(call.LogSumExp, rows, nameof(call.LogSumExp));
        args.BaseLogSumExp = ViewOf<float>(call.BaseLogSumExp, rows, nameof(call.BaseLogSumExp));
        args.Kl = ViewOf<float>(call.Kl, rows, nameof(call.Kl));
        args.EffectiveSampleSize = ViewOf<float>(call.EffectiveSampleSize, rows, nameof(call.EffectiveSampleSize));
        args.Status = ViewOf<byte>(call.Status, rows, nameof(call.Status));
    }
}
