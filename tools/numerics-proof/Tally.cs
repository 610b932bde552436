namespace SoftBoN.NumericsProof;

/// <summary>What a sweep found. Tallies of parts add up to the same whatever the parts were.</summary>
internal struct Tally
{
    public long Inputs;

    /// <summary>The largest error, and the first input that has it.</summary>
    public double MaxError;
    public uint MaxErrorAt;

    /// <summary>Results that are subnormal although the input is not.</summary>
    public long Subnormals;

    /// <summary>Inputs whose scalar and vector results differ in a bit, and the first of them.</summary>
    public long Mismatches;
    public uint MismatchAt;

    public void Error(double error, uint at)
    {
        if (error > MaxError || (error == MaxError && error > 0 && at < MaxErrorAt))
        {
            (MaxError, MaxErrorAt) = (error, at);
        }
    }

    public void Mismatch(uint at)
    {
        MismatchAt = Mismatches == 0 || at < MismatchAt ? at : MismatchAt;
        Mismatches++;
    }

    public void Add(in Tally other)
    {
        Inputs += other.Inputs;
        Subnormals += other.Subnormals;
        if (other.MaxError > 0)
        {
            Error(other.MaxError, other.MaxErrorAt);
        }

        if (other.Mismatches > 0)
        {
            Mismatch(other.MismatchAt);
            Mismatches += other.Mismatches - 1;
        }
    }
}
