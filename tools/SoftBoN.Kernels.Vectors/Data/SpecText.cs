using System.Globalization;

namespace SoftBoN.Kernels.Vectors.Data;

/// <summary>
/// An input as a vector file writes it: a kind, then values, options (<c>key=value</c>) and patches
/// (<c>@place=value</c>).
/// </summary>
internal sealed class SpecText
{
    private readonly Dictionary<string, string> options = [];
    private readonly List<string> values = [];
    private readonly List<(int Place, string Value)> patches = [];

    private SpecText(string text, string kind) => (Text, Kind) = (text, kind);

    public string Text { get; }

    public string Kind { get; }

    public IReadOnlyList<string> Values => values;

    public IReadOnlyList<(int Place, string Value)> Patches => patches;

    public static SpecText Parse(string text)
    {
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0)
        {
            throw new FormatException("An input's text is empty; it has to begin with a kind, as 'values 1 2' does.");
        }

        var spec = new SpecText(text, words[0]);
        foreach (string word in words.AsSpan(1))
        {
            int equals = word.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0)
            {
                spec.values.Add(word);
            }
            else if (word[0] == '@')
            {
                spec.patches.Add((ToInt(word[1..equals]), word[(equals + 1)..]));
            }
            else
            {
                spec.options.Add(word[..equals], word[(equals + 1)..]);
            }
        }

        return spec;
    }

    /// <summary>A float in decimal, nearest even; or inf, -inf, nan; or its bits as 0x and eight digits.</summary>
    public static float ToFloat(string text) => text switch
    {
        "inf" => float.PositiveInfinity,
        "-inf" => float.NegativeInfinity,
        "nan" => BitConverter.UInt32BitsToSingle(0x7fc00000),
        _ when text.StartsWith("0x", StringComparison.Ordinal) => BitConverter.UInt32BitsToSingle(ToWord(text[2..])),
        _ => float.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
    };

    public static uint ToWord(string hex) =>
        uint.Parse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    public static int ToInt(string text) =>
        int.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    public static ulong ToUInt64(string text) => ulong.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    public int Int(string key) => ToInt(Option(key));

    public int Int(string key, int absent) => options.TryGetValue(key, out string? text) ? ToInt(text) : absent;

    public ulong UInt64(string key) => ToUInt64(Option(key));

    public string Option(string key) => options.TryGetValue(key, out string? text)
        ? text
        : throw new FormatException($"'{Text}' has no {key}=; add it.");

    public FormatException Unknown(string known) =>
        new($"'{Text}' is of the unknown kind '{Kind}'; it has to be {known}.");
}
