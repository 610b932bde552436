namespace SoftBoN.Kernels.Cuda;

/// <summary>A token tilt of logits in device memory; all addresses are device pointers, 0 where absent or not wanted.</summary>
/// <remarks><inheritdoc cref="CudaSoftWeights"/></remarks>
public readonly record struct CudaTokenTilt
{
    /// <summary>One draw from the base law at temperature 1, everything kept; logits have to be set.</summary>
    public CudaTokenTilt()
    {
    }

    /// <summary>[rows, vocabulary].</summary>
    public CudaMatrix Logits { get; init; }

    /// <summary>
    /// 32-bit, one per row of the batch: which row of logits, mask and sparse rewards it reads. A row that names none of them
    /// counts as empty.
    /// </summary>
    public nuint RowMap { get; init; }

    /// <summary>The rows of the batch, where there is a <see cref="RowMap"/>.</summary>
    public int MappedRows { get; init; }

    /// <summary>32-bit words, a bit per token from the lowest: which are allowed.</summary>
    public nuint Mask { get; init; }

    /// <summary>Words from a row's mask to the next row's; 0 where all rows share one.</summary>
    public int MaskStride { get; init; }

    /// <summary>[rows, vocabulary], in the units of lambda.</summary>
    public CudaMatrix Rewards { get; init; }

    /// <summary>32-bit, one per row of the batch: which row of <see cref="Rewards"/> it reads.</summary>
    public nuint RewardMap { get; init; }

    /// <summary>64-bit, one more than rows of logits: where each row's sparse rewards start.</summary>
    public nuint SparseOffsets { get; init; }

    /// <summary>32-bit, ascending in each row: tokens that have a reward.</summary>
    public nuint SparseTokens { get; init; }

    /// <summary>Float32: their rewards.</summary>
    public nuint SparseValues { get; init; }

    /// <summary>How many sparse rewards there are.</summary>
    public long SparseCount { get; init; }

    /// <summary>The temperature of the rewards; has to be set where there are some. No budgets.</summary>
    public CudaLambda Lambda { get; init; }

    /// <summary>The temperature of the logits, 0 to +infinity; 1 where not given.</summary>
    public CudaPerRow<float> Temperature { get; init; }

    /// <summary>How many of the likeliest tokens are kept; 0 for all.</summary>
    public CudaPerRow<int> TopK { get; init; }

    /// <summary>The least probability that the kept tokens have together, above 0, to 1.</summary>
    public CudaPerRow<float> TopP { get; init; }

    /// <summary>The least probability of a kept token relative to the likeliest, 0 to 1.</summary>
    public CudaPerRow<float> MinP { get; init; }

    /// <summary>How many standard deviations below the largest logit are kept, at least 0.</summary>
    public CudaPerRow<float> TopNSigma { get; init; }

    /// <summary>The least logit that is kept.</summary>
    public CudaPerRow<float> LeastLogit { get; init; }

    /// <summary>How tokens are drawn; from the exact tilt where not given.</summary>
    public CudaPerRow<CudaTokenMode> Mode { get; init; }

    /// <summary>Proposals per draw of symbolwise soft best-of-n, 1 to 1,024.</summary>
    public int Proposals { get; init; }

    /// <summary>What has noise of its own.</summary>
    public CudaTokenNoise Noise { get; init; }

    /// <summary>The 64-bit key of the rows' noise; has to be set where tokens are drawn and the mode is not greedy.</summary>
    public CudaPerRow<ulong> Seed { get; init; }

    /// <summary>The rows' places in their seeds' streams; where not given, row i has position i.</summary>
    public CudaPerRow<ulong> Position { get; init; }

    /// <summary>Draws per row; at most 2^28 - 1, and as many with their proposals.</summary>
    public int Draws { get; init; } = 1;

    /// <summary>How many of the likeliest tokens are wanted, 0 to 20.</summary>
    public int Top { get; init; }

    /// <summary>32-bit, [rows, draws]: the token, -1 where there is none.</summary>
    public nuint Token { get; init; }

    /// <summary>32-bit, [rows, draws]: how many tokens are likelier under the tilt.</summary>
    public nuint Rank { get; init; }

    /// <summary>Float32, [rows, draws], in nats, under the tilt.</summary>
    public nuint LogProbability { get; init; }

    /// <summary>Float32, [rows, draws], in nats, under the base law.</summary>
    public nuint BaseLogProbability { get; init; }

    /// <summary>Float32, [rows, draws], in nats, under the model's own law.</summary>
    public nuint ModelLogProbability { get; init; }

    /// <summary>32-bit, [rows, top].</summary>
    public nuint TopToken { get; init; }

    /// <summary>Float32, [rows, top], in nats.</summary>
    public nuint TopLogProbability { get; init; }

    /// <summary>[rows, vocabulary]: logits after the tilt; may be the memory of the logits.</summary>
    public CudaMatrix TiltedLogits { get; init; }

    /// <summary>[rows, vocabulary]: probabilities under the tilt; may be the memory of the logits.</summary>
    public CudaMatrix Probabilities { get; init; }

    /// <summary>Float32, one per row: the least logit that truncation keeps.</summary>
    public nuint LeastKept { get; init; }

    /// <summary>Float32, one per row, in nats.</summary>
    public nuint LogSumExp { get; init; }

    /// <summary>Float32, one per row, in nats.</summary>
    public nuint BaseLogSumExp { get; init; }

    /// <summary>Float32, one per row, in nats: KL(tilt || base law).</summary>
    public nuint Kl { get; init; }

    /// <summary>Float32, one per row, in tokens.</summary>
    public nuint EffectiveSampleSize { get; init; }

    /// <summary>A byte per row: the number of its RowStatus.</summary>
    public nuint Status { get; init; }

    /// <summary>The rows of the batch.</summary>
    internal int Rows => RowMap != 0 ? MappedRows : Logits.Rows;

    internal bool WantsDraws => (Token | Rank | LogProbability | BaseLogProbability | ModelLogProbability) != 0;
}
