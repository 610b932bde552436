namespace SoftBoN.Kernels;

/// <summary>
/// <see cref="SparseTokenRewards"/> in device memory, where the host cannot look at them: a row whose offsets do not lie within
/// the tokens, or whose tokens are not ascending and within the vocabulary, gets
/// <see cref="RowStatus.SparseRewardsInvalid"/>. Default: none.
/// </summary>
public readonly struct DeviceSparseTokenRewards
{
    /// <summary>Rewards of named tokens.</summary>
    /// <param name="offsets">
    /// Where each row of the logits starts in the other two, and after them where the last one ends: rows + 1 values.
    /// </param>
    /// <param name="tokens">The tokens, ascending in each row and within the vocabulary.</param>
    /// <param name="values">Their rewards; -infinity excludes the token from the tilt.</param>
    /// <exception cref="ArgumentException">
    /// <paramref name="offsets"/> is empty, or the other two differ in length.
    /// </exception>
    public DeviceSparseTokenRewards(DeviceSpan<long> offsets, DeviceSpan<int> tokens, DeviceSpan<float> values)
    {
        if (offsets.IsEmpty)
        {
            Throw.Argument("There are no offsets; pass one more than the logits have rows.", nameof(offsets));
        }

        Throw.IfLengthsDiffer(tokens.Length, values.Length, nameof(tokens), nameof(values));
        (Offsets, Tokens, Values) = (offsets, tokens, values);
    }

    internal DeviceSpan<long> Offsets { get; }

    internal DeviceSpan<int> Tokens { get; }

    internal DeviceSpan<float> Values { get; }
}
