using SoftBoN.Tool.Plan;

namespace SoftBoN.Tool.Study.Throughput;

/// <summary>A setting to measure.</summary>
/// <param name="Length">m, tokens per sequence.</param>
/// <param name="Vocabulary">V, tokens to draw from.</param>
/// <param name="Candidates">n per block.</param>
/// <param name="Prompts">Sequences side by side.</param>
/// <param name="Block">The block length.</param>
internal readonly record struct Workload(int Length, int Vocabulary, int Candidates, int Prompts, int Block)
{
    private const int SegmentTokens = 1024;

    public SequenceCost Cost => new(Length, Block, Candidates);

    /// <summary>Rows of logits that drawing reads: one per walk and step, one per prompt where walks still agree.</summary>
    public double RowsRead => Prompts * (Cost.Rounds + ((double)Candidates * (Length - Cost.Rounds)));

    /// <summary>Logits in them.</summary>
    public double LogitsRead => Vocabulary * RowsRead;

    /// <summary>Noise of tokens: a draw gives it to the segment that it falls in.</summary>
    public double Noise => Prompts * Cost.TokensProposed * Math.Min(Vocabulary, SegmentTokens);

    /// <summary>Calls of kernels: a drawing per token, a selection per block.</summary>
    public double Calls => Length + Cost.Rounds;
}
