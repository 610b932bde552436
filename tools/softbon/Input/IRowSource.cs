namespace SoftBoN.Tool.Input;

/// <summary>Where rows come from.</summary>
internal interface IRowSource
{
    /// <summary>
    /// Refills the batch with what is at hand: it blocks for the first row only, so that no row waits for others.
    /// </summary>
    /// <returns>False at the end of the input.</returns>
    bool Read(RowBatch batch);
}
