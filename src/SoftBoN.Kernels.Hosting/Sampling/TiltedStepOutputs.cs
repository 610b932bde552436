namespace SoftBoN.Kernels.Hosting;

/// <summary>The caller's memory for the results of a step, one value per sequence; one left empty is not computed.</summary>
public readonly ref struct TiltedStepOutputs
{
    /// <summary>The token; -1 where there is none, and <see cref="Status"/> says why. Has to be given.</summary>
    public Span<int> Token { get; init; }

    /// <summary>In nats: the token's log-probability under the tilt.</summary>
    public Span<float> LogProbability { get; init; }

    /// <summary>In nats: the token's log-probability under the base law, of kept tokens at the temperature.</summary>
    public Span<float> BaseLogProbability { get; init; }

    /// <summary>In nats: the token's log-probability under the model, at temperature 1 with nothing removed.</summary>
    public Span<float> ModelLogProbability { get; init; }

    /// <summary>In nats: the divergence of the tilt from the base law, at this step.</summary>
    public Span<float> Kl { get; init; }

    /// <summary>What became of the row.</summary>
    public Span<RowStatus> Status { get; init; }
}
