using SoftBoN.Kernels.Cuda;

namespace SoftBoN.Kernels.Native.Cuda;

/// <summary>Token tilts of the native interface whose data are device pointers.</summary>
internal static unsafe class CudaTokenCalls
{
    public static CudaTokenTilt TiltOf(in TiltArgs args)
    {
        bool isMapped = args.RowMap.Data != null;
        int rows = isMapped ? checked((int)args.RowMap.Count) : args.Logits.Rows;
        int draws = args.Draws == 0 ? 1 : args.Draws;
        int words = (args.Logits.Columns + 31) / 32;
        long maskWords = args.MaskWordsPerRow == 0 || args.Logits.Rows == 0
            ? words
            : ((args.Logits.Rows - 1L) * args.MaskWordsPerRow) + words;
        CudaTokenTilt call = OutputsOf(in args, rows, (long)rows * Math.Max(1, draws));
        return call with
        {
            Logits = CudaCalls.MatrixOf(in args.Logits, "logits"),
            RowMap = CudaCalls.Of(in args.RowMap, rows, "row_map"),
            MappedRows = isMapped ? rows : 0,
            Mask = CudaCalls.Of(in args.Mask, maskWords, "mask"),
            MaskStride = args.MaskWordsPerRow,
            Rewards = CudaCalls.MatrixOf(in args.Rewards, "rewards"),
            RewardMap = CudaCalls.Of(in args.RewardMap, rows, "reward_map"),
            SparseOffsets = CudaCalls.Of(in args.SparseOffsets, args.Logits.Rows + 1L, "sparse_offsets"),
            SparseTokens = CudaCalls.Of(in args.SparseTokens, 0, "sparse_tokens"),
            SparseValues = CudaCalls.Of(in args.SparseValues, args.SparseTokens.Count, "sparse_values"),
            SparseCount = args.SparseTokens.Count,
            Lambda = CudaCalls.LambdaOf(in args.Lambda, rows),
            Temperature = CudaCalls.PerRowOf(in args.Temperature, rows, "temperature"),
            TopK = CudaCalls.PerRowOf(in args.TopK, rows, "top_k"),
            TopP = CudaCalls.PerRowOf(in args.TopP, rows, "top_p"),
            MinP = CudaCalls.PerRowOf(in args.MinP, rows, "min_p"),
            TopNSigma = CudaCalls.PerRowOf(in args.TopNSigma, rows, "top_n_sigma"),
            LeastLogit = CudaCalls.PerRowOf(in args.LeastLogit, rows, "least_logit"),
            Mode = ModeOf(in args.Mode, rows),
            Proposals = args.Proposals,
            Noise = (CudaTokenNoise)args.Noise,
            Seed = CudaCalls.PerRowOf(in args.Seed, rows, "seed"),
            Position = CudaCalls.PerRowOf(in args.Position, rows, "position"),
            Draws = draws,
            Top = args.Top,
        };
    }

    private static CudaTokenTilt OutputsOf(in TiltArgs args, long rows, long draws)
    {
        long tops = rows * Math.Max(0, args.Top);
        return new CudaTokenTilt
        {
            Token = CudaCalls.Of(in args.Token, draws, "token"),
            Rank = CudaCalls.Of(in args.Rank, draws, "rank"),
            LogProbability = CudaCalls.Of(in args.LogProbability, draws, "log_probability"),
            BaseLogProbability = CudaCalls.Of(in args.BaseLogProbability, draws, "base_log_probability"),
            ModelLogProbability = CudaCalls.Of(in args.ModelLogProbability, draws, "model_log_probability"),
            TopToken = CudaCalls.Of(in args.TopToken, tops, "top_token"),
            TopLogProbability = CudaCalls.Of(in args.TopLogProbability, tops, "top_log_probability"),
            TiltedLogits = CudaCalls.MatrixOf(in args.TiltedLogits, "tilted_logits"),
            Probabilities = CudaCalls.MatrixOf(in args.Probabilities, "probabilities"),
            LeastKept = CudaCalls.Of(in args.LeastKept, rows, "least_kept"),
            LogSumExp = CudaCalls.Of(in args.LogSumExp, rows, "log_sum_exp"),
            BaseLogSumExp = CudaCalls.Of(in args.BaseLogSumExp, rows, "base_log_sum_exp"),
            Kl = CudaCalls.Of(in args.Kl, rows, "kl"),
            EffectiveSampleSize = CudaCalls.Of(in args.EffectiveSampleSize, rows, "effective_sample_size"),
            Status = CudaCalls.Of(in args.Status, rows, "status"),
        };
    }

    private static CudaPerRow<CudaTokenMode> ModeOf(in NativeParameter<TokenTiltMode> mode, long rows)
    {
        nuint address = CudaCalls.Of(in mode.PerRow, rows, "mode", ".per_row");
        return address != 0 ? CudaPerRow.At<CudaTokenMode>(address)
            : mode.IsGiven != 0 ? (CudaTokenMode)mode.Value
            : default(CudaPerRow<CudaTokenMode>);
    }
}
