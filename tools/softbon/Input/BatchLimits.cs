namespace SoftBoN.Tool.Input;

/// <summary>When a batch is full; a single row may be longer than the bound.</summary>
internal readonly record struct BatchLimits(int Rows, int Candidates)
{
    private const int MostRows = 4096;
    private const int MostCandidates = 1 << 20;

    /// <summary>Bounds that keep the outputs of a batch within some tens of megabytes.</summary>
    public static BatchLimits ForDraws(int draws) =>
        new(Math.Clamp(MostCandidates / draws, 1, MostRows), MostCandidates);
}
