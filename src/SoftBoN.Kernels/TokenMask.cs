namespace SoftBoN.Kernels;

/// <summary>
/// Which tokens are allowed, one bit per token: token v is bit v mod 32, from the lowest, of word v / 32. Default: all
/// are.
/// </summary>
public readonly ref struct TokenMask
{
    private TokenMask(ReadOnlySpan<uint> words, int rowStride)
    {
        Words = words;
        RowStride = rowStride;
        IsGiven = true;
    }

    internal bool IsGiven { get; }

    internal ReadOnlySpan<uint> Words { get; }

    /// <summary>Words from a row's mask to the next row's; 0 where all rows share one.</summary>
    internal int RowStride { get; }

    /// <summary>One mask for all rows.</summary>
    /// <param name="words">At least one word per 32 tokens; bits beyond the last token are not looked at.</param>
    /// <returns>The mask.</returns>
    public static TokenMask Shared(ReadOnlySpan<uint> words) => new(words, 0);

    /// <summary>A mask for each row of the logits.</summary>
    /// <param name="words">The masks, row after row.</param>
    /// <param name="wordsPerRow">Words from a row's mask to the next row's: at least one per 32 tokens.</param>
    /// <returns>The mask.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="wordsPerRow"/> is below 1.</exception>
    public static TokenMask PerRow(ReadOnlySpan<uint> words, int wordsPerRow)
    {
        if (wordsPerRow < 1)
        {
            Throw.OutOfRange(nameof(wordsPerRow), wordsPerRow, "Must be at least 1: one word per 32 tokens.");
        }

        return new TokenMask(words, wordsPerRow);
    }
}
