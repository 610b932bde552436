namespace SoftBoN.Kernels.Vectors.Operations;

/// <summary>The inputs of a token tilt as a vector file writes them; those that are null are not given.</summary>
internal sealed record TokenText
{
    /// <summary>Logits, laid out by the case's rows.</summary>
    public required string Logits { get; init; }

    /// <summary>
    /// float32, half or bfloat16: how logits are stored; a value that does not fit is rounded towards zero.
    /// </summary>
    public TokenStorage? Stored { get; init; }

    public TokenStorage? RewardsStored { get; init; }

    /// <summary>Words of a mask for each row.</summary>
    public string? Mask { get; init; }

    /// <summary>Sparse rewards: a text per row of token:reward.</summary>
    public IReadOnlyList<string>? Sparse { get; init; }

    public string? Temperature { get; init; }

    public string? TopK { get; init; }

    public string? TopP { get; init; }

    public string? MinP { get; init; }

    public string? TopNSigma { get; init; }

    /// <summary>0 tilt, 1 soft best-of-n, 2 greedy.</summary>
    public string? Mode { get; init; }

    public int? Proposals { get; init; }

    public TokenNoise? Noise { get; init; }

    public int? Top { get; init; }
}
