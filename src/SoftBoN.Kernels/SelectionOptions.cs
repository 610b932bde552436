namespace SoftBoN.Kernels;

/// <summary>What one call of <c>SoftBonEngine.Select</c> shall do; spans are read during the call only.</summary>
public readonly ref struct SelectionOptions
{
    /// <summary>Options with one draw of Gumbel noise; <see cref="Lambda"/> has to be set.</summary>
    public SelectionOptions()
    {
    }

    /// <summary>The temperature; has to be set.</summary>
    public Lambda Lambda { get; init; }

    /// <summary>
    /// The 64-bit key of the row's noise, any value. Has to be set unless <see cref="Noise"/> is
    /// <see cref="SelectionNoise.None"/>.
    /// </summary>
    public PerRow<ulong> Seed { get; init; }

    /// <summary>
    /// The row's place in its seed's stream, any value: a step, a prompt's number. Where it is not given, row i of the
    /// batch has position i, so that rows under one seed draw independently of each other. Rows that share seed and
    /// position share their noise.
    /// </summary>
    public PerRow<ulong> Position { get; init; }

    /// <summary>The noise; Gumbel unless set.</summary>
    public SelectionNoise Noise { get; init; }

    /// <summary>
    /// Packed, in nats, one per candidate: added to reward / lambda (importance weights, log-priors, penalties).
    /// -infinity excludes the candidate. Empty means zeros.
    /// </summary>
    public ReadOnlySpan<float> Offsets { get; init; }

    /// <summary>
    /// Packed, one per candidate, distinct within a row: the names under which candidates draw their noise. With them,
    /// reordering or removing candidates leaves the noise of the others alone. Empty means 0, 1, 2, … along the row.
    /// </summary>
    public ReadOnlySpan<uint> Elements { get; init; }

    /// <summary>The number of draws per row, 1 to 2^28 - 1; outputs per draw are [rows, draws]. 1 unless set.</summary>
    public int Draws { get; init; } = 1;

    /// <summary>
    /// Whether the draws of a row are distinct candidates (Gumbel top-k, all under the noise of draw 0), in the order in
    /// which they are drawn.
    /// </summary>
    public bool Distinct { get; init; }
}
