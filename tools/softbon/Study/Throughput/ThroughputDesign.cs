using SoftBoN.Kernels.Theory;
using SoftBoN.Tool.Plan;

namespace SoftBoN.Tool.Study.Throughput;

/// <summary>Which settings are measured.</summary>
internal sealed class ThroughputDesign
{
    private const int MostCandidates = 1 << 15;

    private static readonly FiniteAlphabet Coin = new([0.5, 0.5], [0, 1]);

    public required IReadOnlyList<int> Lengths { get; init; }

    public required IReadOnlyList<int> Vocabularies { get; init; }

    public required IReadOnlyList<int> Candidates { get; init; }

    public required IReadOnlyList<int> Prompts { get; init; }

    public required IReadOnlyList<int> Blocks { get; init; }

    public required double Lambda { get; init; }

    public required double Kl { get; init; }

    /// <summary>The lengths that the cost model is fitted at; the others only serve growth.</summary>
    private int[] FitLengths => [Lengths[0], Lengths[Lengths.Count / 2]];

    public IEnumerable<Workload> Fitted =>
        from length in FitLengths.Distinct()
        from vocabulary in Vocabularies
        from n in Candidates
        from prompts in Prompts
        from block in BlocksOf(length)
        select new Workload(length, vocabulary, n, prompts, block);

    /// <summary>Between and beyond the fitted settings: lengths, vocabularies and numbers of other sizes.</summary>
    public IEnumerable<Workload> HeldOut =>
        from length in (int[])[FitLengths[^1] + 3, FitLengths[^1] * 2]
        from vocabulary in (int[])[Vocabularies[0] * 2, Vocabularies[^1] / 2]
        from n in (int[])[Candidates[0] * 2, Candidates[^1] + 5]
        from block in BlocksOf(length)
        select new Workload(length, vocabulary, n, Prompts[^1] + 1, block);

    /// <summary>The fewest candidates at equal KL from the tilt.</summary>
    public IEnumerable<Workload> Equal =>
        from length in Lengths
        from block in BlocksOf(length)
        let n = Least(length, block, Lambda, MostCandidates)
        where n is not null
        select new Workload(length, Vocabularies[0], n.Value, 1, block);

    /// <summary>The fewest candidates for each block that stay within the KL from the tilt.</summary>
    public int? Least(int length, int block, double lambda, int most) => LeastCount.Of(
        n => Sequences.SoftBestOfN(Coin, length, block, lambda, n).KlTiltToSoft <= Kl, most);

    public IEnumerable<int> BlocksOf(int length) =>
        Blocks.Append(1).Append(length).Where(block => block <= length).Distinct().Order();
}
