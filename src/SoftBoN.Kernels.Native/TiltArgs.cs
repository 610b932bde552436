namespace SoftBoN.Kernels.Native;

/// <summary>The arguments of a token tilt (softbon_tilt_args).</summary>
internal struct TiltArgs
{
    public uint Size;
    public uint Reserved;
    public NativeMatrix Logits;
    public NativeMatrix Rewards;
    public NativeArray<long> SparseOffsets;
    public NativeArray<int> SparseTokens;
    public NativeArray<float> SparseValues;
    public NativeLambda Lambda;
    public NativeParameter<float> Temperature;
    public NativeParameter<int> TopK;
    public NativeParameter<float> TopP;
    public NativeParameter<float> MinP;
    public NativeParameter<float> TopNSigma;
    public NativeParameter<float> LeastLogit;
    public NativeParameter<TokenTiltMode> Mode;
    public NativeParameter<ulong> Seed;
    public NativeParameter<ulong> Position;
    public NativeArray<uint> Mask;
    public int MaskWordsPerRow;
    public int Noise;
    public int Proposals;
    public int Draws;
    public int Top;
    public int Reserved2;
    public NativeArray<int> RowMap;
    public NativeArray<int> RewardMap;
    public NativeArray<int> Token;
    public NativeArray<int> Rank;
    public NativeArray<float> LogProbability;
    public NativeArray<float> BaseLogProbability;
    public NativeArray<float> ModelLogProbability;
    public NativeArray<int> TopToken;
    public NativeArray<float> TopLogProbability;
    public NativeArray<float> LogSumExp;
    public NativeArray<float> BaseLogSumExp;
    public NativeArray<float> Kl;
    public NativeArray<float> EffectiveSampleSize;
    public NativeArray<float> LeastKept;
    public NativeMatrix TiltedLogits;
    public NativeMatrix Probabilities;
    public NativeArray<RowStatus> Status;

    public static void Run(SoftBonEngine engine, in TiltArgs args)
    {
        if (args.Noise is < 0 or > (int)TokenNoise.PerToken)
        {
            NativeFault.Argument($"noise is {args.Noise}; pass 0 to {(int)TokenNoise.PerToken}, a softbon_token_noise.");
        }

        var options = new TokenTiltOptions
        {
            Temperature = args.Temperature.Read("temperature"),
            Lambda = args.Lambda.Read(),
            Rewards = args.Rewards.Read("rewards"),
            RewardMap = args.RewardMap.Read("reward_map"),
            SparseRewards = args.SparseRewards(),
            Mask = args.TokenMask(),
            RowMap = args.RowMap.Read("row_map"),
            TopK = args.TopK.Read("top_k"),
            TopP = args.TopP.Read("top_p"),
            MinP = args.MinP.Read("min_p"),
            TopNSigma = args.TopNSigma.Read("top_n_sigma"),
            LeastLogit = args.LeastLogit.Read("least_logit"),
            Mode = args.Mode.Read("mode"),
            Proposals = args.Proposals,
            Noise = (TokenNoise)args.Noise,
            Seed = args.Seed.Read("seed"),
            Position = args.Position.Read("position"),
            Draws = args.Draws == 0 ? 1 : args.Draws,
            Top = args.Top,
        };
        engine.TiltTokens(args.Logits.Read("logits"), options, args.Outputs());
    }

    private readonly SparseTokenRewards SparseRewards()
    {
        ReadOnlySpan<long> offsets = SparseOffsets.Read("sparse_offsets");
        ReadOnlySpan<int> tokens = SparseTokens.Read("sparse_tokens");
        ReadOnlySpan<float> values = SparseValues.Read("sparse_values");
        return offsets.IsEmpty && tokens.IsEmpty && values.IsEmpty
            ? default
            : new SparseTokenRewards(offsets, tokens, values);
    }

    private readonly TokenMask TokenMask()
    {
        ReadOnlySpan<uint> words = Mask.Read("mask");
        return words.IsEmpty ? default
            : MaskWordsPerRow == 0 ? Kernels.TokenMask.Shared(words)
            : Kernels.TokenMask.PerRow(words, MaskWordsPerRow);
    }

    private readonly TokenTiltOutputs Outputs() => new()
    {
        Token = Token.Write("token"),
        Rank = Rank.Write("rank"),
        LogProbability = LogProbability.Write("log_probability"),
        BaseLogProbability = BaseLogProbability.Write("base_log_probability"),
        ModelLogProbability = ModelLogProbability.Write("model_log_probability"),
        TopToken = TopToken.Write("top_token"),
        TopLogProbability = TopLogProbability.Write("top_log_probability"),
        LogSumExp = LogSumExp.Write("log_sum_exp"),
        BaseLogSumExp = BaseLogSumExp.Write("base_log_sum_exp"),
        Kl = Kl.Write("kl"),
        EffectiveSampleSize = EffectiveSampleSize.Write("effective_sample_size"),
        LeastKept = LeastKept.Write("least_kept"),
        TiltedLogits = TiltedLogits.Write("tilted_logits"),
        Probabilities = Probabilities.Write("probabilities"),
        Status = Status.Write("status"),
    };
}
