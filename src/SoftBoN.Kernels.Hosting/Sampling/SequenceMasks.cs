using System.Buffers;

namespace SoftBoN.Kernels.Hosting;

/// <summary>What the step's mask and the sequences' grammars allow together.</summary>
internal readonly ref struct SequenceMasks
{
    private const int TokensPerWord = 32;

    private readonly uint[]? memory;

    public SequenceMasks(ReadOnlySpan<TiltedSequence> sequences, TiltedStep step)
    {
        Combined = step.Mask;
        bool hasGrammar = false;
        foreach (TiltedSequence sequence in sequences)
        {
            hasGrammar |= sequence.Grammar != null;
        }

        if (!hasGrammar)
        {
            return;
        }

        int words = Math.Max(1, (step.Logits.Columns + TokensPerWord - 1) / TokensPerWord);
        memory = ArrayPool<uint>.Shared.Rent(checked(sequences.Length * words));
        for (int i = 0; i < sequences.Length; i++)
        {
            Span<uint> row = memory.AsSpan(i * words, words);
            Fill(row, sequences[i].Grammar);
            Restrict(row, step.Mask, i);
        }

        Combined = TokenMask.PerRow(memory.AsSpan(0, sequences.Length * words), words);
    }

    public TokenMask Combined { get; }

    public void Dispose()
    {
        if (memory != null)
        {
            ArrayPool<uint>.Shared.Return(memory);
        }
    }

    private static void Fill(Span<uint> row, ITokenGrammar? grammar)
    {
        if (grammar == null)
        {
            row.Fill(uint.MaxValue);
        }
        else
        {
            row.Clear();
            grammar.Allow(row);
        }
    }

    private static void Restrict(Span<uint> row, TokenMask mask, int index)
    {
        if (!mask.IsGiven)
        {
            return;
        }

        long start = (long)index * mask.RowStride;
        if (start + row.Length > mask.Words.Length)
        {
            Throw.Argument(
                $"The mask has {mask.Words.Length} words and row {index} needs {row.Length} from {start} on; pass one word "
                + "per 32 tokens.",
                nameof(TiltedStep.Mask));
        }

        ReadOnlySpan<uint> allowed = mask.Words.Slice((int)start, row.Length);
        for (int word = 0; word < row.Length; word++)
        {
            row[word] &= allowed[word];
        }
    }
}
