namespace SoftBoN.Kernels.Hosting;

/// <summary>
/// One sequence that is being written: its seed, its position, and how its tokens are drawn. What may change from step to
/// step can be set between steps.
/// </summary>
/// <remarks>Not thread-safe; a step writes its position, so it takes part in one step at a time.</remarks>
public sealed class TiltedSequence
{
    /// <summary>A sequence whose next token is at a position.</summary>
    /// <param name="seed">The 64-bit key of its noise, any value; sequences of one key share their noise.</param>
    /// <param name="position">
    /// The position of the next token: 0 for a new sequence, the number of tokens drawn for one that goes on elsewhere.
    /// </param>
    public TiltedSequence(ulong seed, ulong position = 0)
    {
        Seed = seed;
        Position = position;
    }

    /// <summary>The key of the noise.</summary>
    public ulong Seed { get; }

    /// <summary>The position of the next token; a step that has a token adds 1.</summary>
    public ulong Position { get; internal set; }

    /// <summary>The temperature of the rewards, 0 to +infinity; +infinity, which it is unless set, leaves the base law.</summary>
    public float Lambda { get; set; } = float.PositiveInfinity;

    /// <summary>The temperature of the base law, 0 to +infinity; 1 unless set.</summary>
    public float Temperature { get; set; } = 1;

    /// <summary>Keeps the k tokens with the largest logits; 0 keeps all.</summary>
    public int TopK { get; set; }

    /// <summary>Keeps the fewest likeliest tokens that have this probability together, above 0 to 1; 1 keeps all.</summary>
    public float TopP { get; set; } = 1;

    /// <summary>Keeps tokens at least this times as likely as the likeliest, 0 to 1; 0 keeps all.</summary>
    public float MinP { get; set; }

    /// <summary>
    /// Keeps tokens at most this many standard deviations of the logits below the largest, at least 0; +infinity keeps all.
    /// </summary>
    public float TopNSigma { get; set; } = float.PositiveInfinity;

    /// <summary>How tokens are drawn; from the tilt unless set.</summary>
    public TokenTiltMode Mode { get; set; }

    /// <summary>Which tokens may come next; null for all.</summary>
    public ITokenGrammar? Grammar { get; set; }
}
