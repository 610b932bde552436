namespace SoftBoN.Kernels;

/// <summary>Rewards of a few tokens of each row of the logits; all others have 0. Default: none.</summary>
public readonly ref struct SparseTokenRewards
{
    /// <summary>Rewards of named tokens.</summary>
    /// <param name="offsets">
    /// Where each row of the logits starts in the other two, and after them where the last one ends: not decreasing.
    /// </param>
    /// <param name="tokens">
    /// The tokens, ascending in each row and within the vocabulary; a row in which they are not gets a status.
    /// </param>
    /// <param name="values">Their rewards; -infinity excludes the token from the tilt.</param>
    /// <exception cref="ArgumentException">
    /// <paramref name="offsets"/> is empty or does not fit the other two, or these differ in length.
    /// </exception>
    public SparseTokenRewards(ReadOnlySpan<long> offsets, ReadOnlySpan<int> tokens, ReadOnlySpan<float> values)
    {
        Throw.IfRaggedOffsetsEmpty(offsets);
        Throw.IfLengthsDiffer(tokens.Length, values.Length, nameof(tokens), nameof(values));
        long previous = 0;
        for (int i = 0; i < offsets.Length; i++)
        {
            if (offsets[i] < previous || offsets[i] > tokens.Length)
            {
                Throw.Argument(
                    $"Offset {i} is {offsets[i]} after {previous}, and there are {tokens.Length} tokens; offsets must "
                    + "not decrease and must stay within the tokens.",
                    nameof(offsets));
            }

            previous = offsets[i];
        }

        Offsets = offsets;
        Tokens = tokens;
        Values = values;
    }

    internal ReadOnlySpan<long> Offsets { get; }

    internal ReadOnlySpan<int> Tokens { get; }

    internal ReadOnlySpan<float> Values { get; }
}
