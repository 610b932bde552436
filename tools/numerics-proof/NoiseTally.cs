namespace SoftBoN.NumericsProof;

/// <summary>What a sweep over random words found.</summary>
internal sealed class NoiseTally
{
    private readonly Lock gate = new();

    /// <summary>Absolute errors and vector bits; inputs are words.</summary>
    public Tally Absolute;

    /// <summary>Absolute errors of results below 16, which have a finer grid than those above.</summary>
    public Tally Fine;

    /// <summary>Errors in ulp.</summary>
    public Tally Relative;

    public float Smallest { get; private set; } = float.PositiveInfinity;

    public float Largest { get; private set; } = float.NegativeInfinity;

    /// <summary>How many words give more than the word before them.</summary>
    public long Rises { get; private set; }

    /// <summary>By how much at most, and where first.</summary>
    public double LargestRise { get; private set; }

    public uint LargestRiseAt { get; private set; }

    public void Value(float value)
    {
        Smallest = Math.Min(Smallest, value);
        Largest = Math.Max(Largest, value);
        Absolute.Subnormals += float.IsSubnormal(value) ? 1 : 0;
    }

    public void Step(float before, float value, uint word)
    {
        if (value > before)
        {
            Rises++;
            Rise((double)value - before, word);
        }
    }

    public void Add(NoiseTally part)
    {
        lock (gate)
        {
            Absolute.Add(in part.Absolute);
            Fine.Add(in part.Fine);
            Relative.Add(in part.Relative);
            Smallest = Math.Min(Smallest, part.Smallest);
            Largest = Math.Max(Largest, part.Largest);
            Rises += part.Rises;
            Rise(part.LargestRise, part.LargestRiseAt);
        }
    }

    private void Rise(double rise, uint word)
    {
        if (rise > LargestRise || (rise == LargestRise && rise > 0 && word < LargestRiseAt))
        {
            (LargestRise, LargestRiseAt) = (rise, word);
        }
    }
}
