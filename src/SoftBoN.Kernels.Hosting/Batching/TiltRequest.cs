namespace SoftBoN.Kernels.Hosting;

/// <summary>
/// One token to draw. The memory that it names must not change before its task has ended. A request that is given up may be
/// read, without effect, until the batch that has it ends: unmanaged memory has to stay until then.
/// </summary>
public sealed class TiltRequest
{
    /// <summary>[vocabulary]: the model's logits; has to be set.</summary>
    public required ReadOnlyMemory<float> Logits { get; init; }

    /// <summary>[vocabulary]: rewards of all tokens; none where empty.</summary>
    public ReadOnlyMemory<float> Rewards { get; init; }

    /// <summary>
    /// Which tokens are allowed, one word per 32 tokens: token v is bit v mod 32, from the lowest, of word v / 32. All where
    /// empty.
    /// </summary>
    public ReadOnlyMemory<uint> Mask { get; init; }

    /// <summary>The 64-bit key of the noise, any value; has to be set.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The position of the token in its key's stream, any value; has to be set.</summary>
    public required ulong Position { get; init; }

    /// <inheritdoc cref="TiltedSequence.Lambda"/>
    public float Lambda { get; init; } = float.PositiveInfinity;

    /// <inheritdoc cref="TiltedSequence.Temperature"/>
    public float Temperature { get; init; } = 1;

    /// <inheritdoc cref="TiltedSequence.TopK"/>
    public int TopK { get; init; }

    /// <inheritdoc cref="TiltedSequence.TopP"/>
    public float TopP { get; init; } = 1;

    /// <inheritdoc cref="TiltedSequence.MinP"/>
    public float MinP { get; init; }

    /// <inheritdoc cref="TiltedSequence.TopNSigma"/>
    public float TopNSigma { get; init; } = float.PositiveInfinity;

    /// <inheritdoc cref="TiltedSequence.Mode"/>
    public TokenTiltMode Mode { get; init; }
}

/// <summary>A token that was drawn.</summary>
/// <param name="Token">The token; -1 where there is none, and <paramref name="Status"/> says why.</param>
/// <param name="LogProbability">In nats: under the tilt.</param>
/// <param name="BaseLogProbability">In nats: under the base law, of kept tokens at the temperature.</param>
/// <param name="ModelLogProbability">In nats: under the model, at temperature 1 with nothing removed.</param>
/// <param name="Kl">In nats: the divergence of the tilt from the base law.</param>
/// <param name="Status">What became of the request.</param>
public sealed record TiltedToken(
    int Token, float LogProbability, float BaseLogProbability, float ModelLogProbability, float Kl, RowStatus Status);
