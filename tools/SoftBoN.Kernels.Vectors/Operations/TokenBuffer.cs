using System.Runtime.InteropServices;

namespace SoftBoN.Kernels.Vectors.Operations;

/// <summary>Memory of one value per token in the format of the logits, whose bits end up in words.</summary>
/// <param name="words">A word per token; none where the output is not wanted.</param>
/// <param name="stored">The format.</param>
internal readonly ref struct TokenBuffer(Span<int> words, TokenStorage stored)
{
    private readonly Span<int> words = words;
    private readonly ushort[] narrow = stored == TokenStorage.Float32 ? [] : NarrowCopy(words);

    public TokenOutput Output(int rows, int columns) => words.IsEmpty ? default : stored switch
    {
        TokenStorage.Half => TokenOutput.Of(MemoryMarshal.Cast<ushort, Half>(narrow.AsSpan()), rows, columns),
        TokenStorage.BFloat16 => TokenOutput.OfBFloat16(narrow, rows, columns),
        _ => TokenOutput.Of(MemoryMarshal.Cast<int, float>(words), rows, columns),
    };

    /// <summary>Moves narrow values to their words.</summary>
    public void Finish()
    {
        for (int i = 0; i < narrow.Length; i++)
        {
            words[i] = narrow[i];
        }
    }

    private static ushort[] NarrowCopy(Span<int> words)
    {
        ushort[] copy = new ushort[words.Length];
        for (int i = 0; i < copy.Length; i++)
        {
            copy[i] = (ushort)words[i];
        }

        return copy;
    }
}
