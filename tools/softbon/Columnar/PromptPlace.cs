namespace SoftBoN.Tool.Columnar;

/// <summary>Where the rows of a prompt are in the input.</summary>
/// <param name="Block">The row group.</param>
/// <param name="Row">The first row there.</param>
/// <param name="Count">Rows; 1 for a list.</param>
internal sealed record PromptPlace(Block Block, int Row, int Count)
{
    /// <summary>Where they go on in the next row group; null where they do not.</summary>
    public PromptPlace? Next { get; set; }

    /// <summary>The block and row of a candidate, for a row a candidate.</summary>
    public (Block Block, int Row) Of(int candidate) =>
        candidate < Count ? (Block, Row + candidate) : Next!.Of(candidate - Count);
}
