using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SoftBoN.Tool.Commands;
using SoftBoN.Tool.Host;
using SoftBoN.Tool.Study.Frame;

namespace SoftBoN.Tool.Study.Sequence;

/// <summary>The text that a chain of characters is counted from.</summary>
internal sealed class TextOptions
{
    private const string Shipped = "harbour.txt";
    private const int MostBytes = 16 << 20;

    private readonly Option<string?> _text = new("--text")
    {
        HelpName = "FILE",
        Description = "A text in UTF-8 for the chain of characters [default: a short one that comes along]",
    };

    private readonly Option<string> _order = OptionKinds.Choice(
        "--order", "How many characters the next one depends on.", "1", "2");

    private readonly Option<string> _letters = OptionKinds.Text(
        "--letters", "ABC", "The characters of the text that have a reward of 1; others have 0.");

    public TextOptions() => _letters.DefaultValueFactory = _ => "aeiou";

    public void AddTo(Command command)
    {
        command.Add(_text);
        command.Add(_order);
        command.Add(_letters);
    }

    public SymbolChain Read(ParseResult parsed)
    {
        int order = int.Parse(parsed.GetRequiredValue(_order), CultureInfo.InvariantCulture);
        string name = parsed.GetValue(_text) is { } file ? $"--text {file}" : "the text";
        byte[] bytes = Bytes(parsed);
        try
        {
            string text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
            return CharacterChain.Of(text, order, parsed.GetRequiredValue(_letters), name);
        }
        catch (DecoderFallbackException fault)
        {
            throw new FaultException($"{name} is no UTF-8; convert it", fault);
        }
    }

    /// <summary>The file's name repeats the command; what counts is its content.</summary>
    public IReadOnlyList<StudyParameter> Parameters(ParseResult parsed) =>
    [
        new("text", parsed.GetValue(_text) ?? Shipped)
        {
            IsOption = parsed.GetValue(_text) is not null,
            Counts = false,
        },
        new("text-sha256", Convert.ToHexStringLower(SHA256.HashData(Bytes(parsed)))) { IsOption = false },
        new("order", parsed.GetRequiredValue(_order)),
        new("letters", parsed.GetRequiredValue(_letters)),
    ];

    private byte[] Bytes(ParseResult parsed)
    {
        using Stream stream = parsed.GetValue(_text) is { } file
            ? Open(file)
            : typeof(TextOptions).Assembly.GetManifestResourceStream(Shipped)!;
        if (stream.CanSeek && stream.Length > MostBytes)
        {
            throw new FaultException(
                $"--text {parsed.GetValue(_text)} has {stream.Length} bytes; the limit is {MostBytes}: take a part");
        }

        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static FileStream Open(string file)
    {
        try
        {
            return new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new FaultException($"--text {file} cannot be read: {FaultException.Reason(fault)}", fault);
        }
    }
}
