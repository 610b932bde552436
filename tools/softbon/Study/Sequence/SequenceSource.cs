using SoftBoN.Kernels.Theory;

namespace SoftBoN.Tool.Study.Sequence;

/// <summary>A chain under study.</summary>
/// <param name="Name">Its name in files.</param>
/// <param name="Title">Its name for people.</param>
/// <param name="Exact">Its exact figures.</param>
internal sealed record SequenceSource(string Name, string Title, ExactChain Exact)
{
    /// <summary>The one symbol's law where symbols are independent; bounds are known for these.</summary>
    public FiniteAlphabet? Symbol { get; init; }

    /// <summary>Block lengths between 1 and the whole.</summary>
    public required IReadOnlyList<int> Blocks { get; init; }

    /// <summary>Whether what comes later depends on a symbol, so that myopic selection misses the tilt.</summary>
    public bool HasMemory => Symbol is null;

    /// <summary>The block lengths for a sequence, the whole first.</summary>
    public IEnumerable<int> BlocksOf(int length) =>
        Blocks.Append(1).Append(length).Where(block => block <= length).Distinct().OrderDescending();
}
