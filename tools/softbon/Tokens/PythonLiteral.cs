using System.Globalization;

namespace SoftBoN.Tool.Tokens;

/// <summary>Reads the dictionary of a .npy header: strings, truth values, tuples of integers, lists to pass over.</summary>
internal sealed class PythonLiteral(string text)
{
    private int _at;

    /// <exception cref="FormatException">The text is no such dictionary.</exception>
    public Dictionary<string, object> ReadDictionary()
    {
        var fields = new Dictionary<string, object>();
        Expect('{');
        while (!Accept('}'))
        {
            string name = ReadString();
            Expect(':');
            fields[name] = ReadValue();
            if (!Accept(','))
            {
                Expect('}');
                break;
            }
        }

        return Peek() == '\0' ? fields : throw new FormatException();
    }

    private object ReadValue() => Peek() switch
    {
        '\'' or '"' => ReadString(),
        '(' => ReadTuple(),
        '[' => PassOverList(),
        _ => ReadWord() switch
        {
            "True" => true,
            "False" => false,
            _ => throw new FormatException(),
        },
    };

    private string ReadString()
    {
        char quote = Peek();
        int end = quote is '\'' or '"' ? text.IndexOf(quote, _at + 1) : -1;
        if (end < 0)
        {
            throw new FormatException();
        }

        string content = text[(_at + 1)..end];
        _at = end + 1;
        return content;
    }

    private long[] ReadTuple()
    {
        var items = new List<long>();
        Expect('(');
        while (!Accept(')'))
        {
            // Python 2 wrote an L behind long integers.
            string word = ReadWord().TrimEnd('L');
            items.Add(long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out long item)
                ? item
                : throw new FormatException());
            if (!Accept(','))
            {
                Expect(')');
                break;
            }
        }

        return [.. items];
    }

    private object[] PassOverList()
    {
        int depth = 0;
        do
        {
            char letter = Peek();
            depth += letter == '[' ? 1 : letter == ']' ? -1 : 0;
            _at = letter == '\0' ? throw new FormatException() : _at + 1;
        }
        while (depth > 0);

        return [];
    }

    private string ReadWord()
    {
        Peek();
        int start = _at;
        while (_at < text.Length && char.IsAsciiLetterOrDigit(text[_at]))
        {
            _at++;
        }

        return text[start.._at];
    }

    private void Expect(char letter)
    {
        if (!Accept(letter))
        {
            throw new FormatException();
        }
    }

    private bool Accept(char letter)
    {
        bool isNext = Peek() == letter;
        _at += isNext ? 1 : 0;
        return isNext;
    }

    /// <summary>What stands next behind spaces; a zero at the end.</summary>
    private char Peek()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at]))
        {
            _at++;
        }

        return _at < text.Length ? text[_at] : '\0';
    }
}
