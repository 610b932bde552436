using System.Text;

namespace SoftBoN.Tool.Running;

/// <summary>Row statuses as the output spells them.</summary>
internal static class StatusText
{
    public const string Unreadable = "unreadable";

    private static readonly string[] Names = [.. Enumerable.Range(0, 256).Select(value => Spell((RowStatus)value))];
    private static readonly byte[][] Json = [.. Names.Select(name => Encoding.UTF8.GetBytes($"\"{name}\""))];

    extension(RowStatus status)
    {
        /// <summary>Whether the row has a result; one where nobody voted has its weights and its pick.</summary>
        public bool HasResult => status is < RowStatus.Empty or RowStatus.NoVotes;

        /// <summary>The status in snake_case.</summary>
        public string Text => Names[(byte)status];

        /// <summary>The same as a JSON string.</summary>
        public ReadOnlySpan<byte> JsonText => Json[(byte)status];
    }

    private static string Spell(RowStatus status)
    {
        string name = status.ToString().Replace("NaN", "Nan", StringComparison.Ordinal);
        return string.Concat(name.Select((letter, at) =>
            char.IsUpper(letter) ? (at == 0 ? "" : "_") + char.ToLowerInvariant(letter) : letter.ToString()));
    }
}
