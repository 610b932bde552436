namespace SoftBoN.Kernels;

/// <summary><see cref="TokenMask"/> in device memory. Default: all tokens are allowed.</summary>
public readonly struct DeviceTokenMask
{
    private DeviceTokenMask(DeviceSpan<uint> words, int rowStride) => (Words, RowStride) = (words, rowStride);

    internal DeviceSpan<uint> Words { get; }

    /// <summary>Words from a row's mask to the next row's; 0 where all rows share one.</summary>
    internal int RowStride { get; }

    /// <summary>One mask for all rows.</summary>
    /// <param name="words">At least one word per 32 tokens; bits beyond the last token are not looked at.</param>
    /// <returns>The mask.</returns>
    public static DeviceTokenMask Shared(DeviceSpan<uint> words) => new(words, 0);

    /// <summary>A mask for each row of the logits.</summary>
    /// <param name="words">The masks, row after row.</param>
    /// <param name="wordsPerRow">Words from a row's mask to the next row's: at least one per 32 tokens.</param>
    /// <returns>The mask.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="wordsPerRow"/> is below 1.</exception>
    public static DeviceTokenMask PerRow(DeviceSpan<uint> words, int wordsPerRow)
    {
        if (wordsPerRow < 1)
        {
            Throw.OutOfRange(nameof(wordsPerRow), wordsPerRow, "Must be at least 1: one word per 32 tokens.");
        }

        return new DeviceTokenMask(words, wordsPerRow);
    }
}
