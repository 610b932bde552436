namespace SoftBoN.Kernels;

/// <summary>What one call of <c>SoftBonEngine.TiltTokens</c> shall do; spans are read during the call only.</summary>
/// <remarks>A scalar out of range throws; a per-row value out of range gives its row a status.</remarks>
public readonly ref struct TokenTiltOptions
{
    /// <summary>Options with one draw from the base law at temperature 1, everything kept.</summary>
    public TokenTiltOptions()
    {
    }

    /// <summary>The base law's temperature, 0 to +infinity; 1 unless set. 0 keeps the largest logits alone.</summary>
    public PerRow<float> Temperature { get; init; }

    /// <summary>
    /// The temperature of the rewards, in their units; has to be set where there are rewards. Budgets are not served.
    /// </summary>
    public Lambda Lambda { get; init; }

    /// <summary>Rewards of all tokens, as many columns as the logits have.</summary>
    public TokenMatrix Rewards { get; init; }

    /// <summary>
    /// Which row of <see cref="Rewards"/> each row of the batch reads; its own where empty. Independent of
    /// <see cref="RowMap"/>.
    /// </summary>
    public ReadOnlySpan<int> RewardMap { get; init; }

    /// <summary>Rewards of a few tokens, in place of <see cref="Rewards"/>.</summary>
    public SparseTokenRewards SparseRewards { get; init; }

    /// <summary>Which tokens are allowed; all unless set.</summary>
    public TokenMask Mask { get; init; }

    /// <summary>
    /// Which row of logits, mask and sparse rewards each row of the batch reads; the batch has as many rows as this.
    /// Where empty, row i reads row i.
    /// </summary>
    public ReadOnlySpan<int> RowMap { get; init; }

    /// <summary>Keeps the k tokens with the largest logits; 0, or not set, keeps all.</summary>
    public PerRow<int> TopK { get; init; }

    /// <summary>
    /// Keeps the fewest likeliest tokens that have this probability together, above 0 to 1; 1, or not set, keeps all.
    /// </summary>
    public PerRow<float> TopP { get; init; }

    /// <summary>
    /// Keeps tokens at least this times as likely as the likeliest, 0 to 1; 0, or not set, keeps all.
    /// </summary>
    public PerRow<float> MinP { get; init; }

    /// <summary>
    /// Keeps tokens whose logit is at most n standard deviations of the row's logits below the largest, n at least 0;
    /// +infinity, or not set, keeps all.
    /// </summary>
    public PerRow<float> TopNSigma { get; init; }

    /// <summary>
    /// Keeps tokens whose logit is at least this, besides the other truncations; -infinity, or not set, keeps all. Takes
    /// <see cref="TokenTiltOutputs.LeastKept"/> of the whole row where a row is worked on in shards.
    /// </summary>
    public PerRow<float> LeastLogit { get; init; }

    /// <summary>How tokens are drawn; from the tilt unless set.</summary>
    public PerRow<TokenTiltMode> Mode { get; init; }

    /// <summary>
    /// Proposals per draw in mode <see cref="TokenTiltMode.SoftBestOfN"/>, 1 to 1024; has to be set where a row has it.
    /// </summary>
    public int Proposals { get; init; }

    /// <summary>What has noise of its own; segments unless set.</summary>
    public TokenNoise Noise { get; init; }

    /// <summary>
    /// The 64-bit key of the row's noise, any value. Has to be set where tokens are drawn and not all rows are
    /// <see cref="TokenTiltMode.Greedy"/>.
    /// </summary>
    public PerRow<ulong> Seed { get; init; }

    /// <summary>
    /// The row's place in its seed's stream, any value: the position of the token that is drawn. Where it is not given,
    /// row i of the batch has position i.
    /// </summary>
    public PerRow<ulong> Position { get; init; }

    /// <summary>The number of independent draws per row; outputs per draw are [rows, draws]. 1 unless set.</summary>
    public int Draws { get; init; } = 1;

    /// <summary>How many of the likeliest tokens are wanted, 0 to 20.</summary>
    public int Top { get; init; }
}
