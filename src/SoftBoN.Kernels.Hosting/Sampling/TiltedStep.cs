namespace SoftBoN.Kernels.Hosting;

/// <summary>What one step of decoding reads; spans are read during the step only.</summary>
public readonly ref struct TiltedStep
{
    /// <summary>[sequences, vocabulary]: the model's logits, a row for each sequence, in their order.</summary>
    public TokenMatrix Logits { get; init; }

    /// <summary>[sequences, vocabulary]: rewards of all tokens; none unless set.</summary>
    public TokenMatrix Rewards { get; init; }

    /// <summary>Rewards of a few tokens of each sequence, in place of <see cref="Rewards"/>.</summary>
    public SparseTokenRewards SparseRewards { get; init; }

    /// <summary>Tokens that are allowed, besides what grammars say; all unless set.</summary>
    public TokenMask Mask { get; init; }
}
