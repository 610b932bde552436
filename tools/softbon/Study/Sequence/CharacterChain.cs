using SoftBoN.Tool.Host;

namespace SoftBoN.Tool.Study.Sequence;

/// <summary>The chain of a text's characters: letters in lower case, and one space for whatever lies between.</summary>
internal static class CharacterChain
{
    private const int MostSymbols = 128;
    private const int MostStates = 2048;

    /// <summary>Counts what follows each context of the text, which is read as a circle.</summary>
    /// <param name="text">The text.</param>
    /// <param name="order">How many characters the next one depends on.</param>
    /// <param name="letters">The characters that have a reward of 1; the others have 0.</param>
    /// <param name="source">Where the text is from, for messages.</param>
    public static SymbolChain Of(string text, int order, string letters, string source)
    {
        string plain = Plain(text);
        char[] alphabet = [.. plain.Distinct().Order()];
        if (plain.Length <= order || alphabet.Length < 2)
        {
            throw new FaultException($"{source} has {plain.Length} letters; a chain needs some hundreds of them");
        }

        if (alphabet.Length > MostSymbols)
        {
            throw new FaultException(
                $"{source} has {alphabet.Length} distinct letters; the limit is {MostSymbols}: give another text");
        }

        if (!letters.Any(alphabet.Contains) || alphabet.All(letters.Contains))
        {
            throw new FaultException(
                $"--letters {letters}: {source} has none of them or nothing else; name some of its letters");
        }

        return Count(plain, alphabet, order, letters, source);
    }

    /// <summary>The characters that the chain is of.</summary>
    public static string Plain(string text)
    {
        IEnumerable<char> letters = text.Select(letter => char.IsLetter(letter) ? char.ToLowerInvariant(letter) : ' ');
        return string.Join(' ', string.Concat(letters).Split(' ', StringSplitOptions.RemoveEmptyEntries)) + " ";
    }

    private static SymbolChain Count(string plain, char[] alphabet, int order, string letters, string source)
    {
        string circle = plain + plain[..order];
        string[] contexts = [.. Enumerable.Range(0, plain.Length).Select(i => circle.Substring(i, order)).Distinct()];
        if (contexts.Length > MostStates)
        {
            throw new FaultException(
                $"{source} has {contexts.Length} contexts of {order}; the limit is {MostStates}: use --order 1");
        }

        var number = new Dictionary<string, int>(contexts.Select((context, i) => KeyValuePair.Create(context, i)));
        double[][] counts = [.. contexts.Select(_ => new double[alphabet.Length])];
        int[][] next = [.. contexts.Select(_ => new int[alphabet.Length])];
        for (int i = 0; i < plain.Length; i++)
        {
            int state = number[circle.Substring(i, order)];
            int symbol = Array.IndexOf(alphabet, circle[i + order]);
            counts[state][symbol]++;
            next[state][symbol] = number[(contexts[state] + alphabet[symbol])[^order..]];
        }

        return new SymbolChain
        {
            Law = [.. counts.Select(row => row.Select(count => count / row.Sum()).ToArray())],
            Next = next,
            Rewards = [.. alphabet.Select(letter => letters.Contains(letter) ? 1 : 0)],
        };
    }
}
