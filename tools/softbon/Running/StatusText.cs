using System.Text;

namespace SoftBoN.Tool.Running;

/// <summary>Row statuses as the output spells them.</summary>
internal static class StatusText
{
    public const string Unreadable = "unreadable";

    /// <summary>In place of any status with a result where candidates may be missing.</summary>
    public const string Incomplete = "incomplete";

    private static readonly string[] Names = [.. Enumerable.Range(0, 256).Select(value => Spell((RowStatus)value))];
    private static readonly byte[][] Json = [.. Names.Select(ToJson)];
    private static readonly byte[] IncompleteJson = ToJson(Incomplete);

    extension(RowStatus status)
    {
        /// <summary>Whether the row has a result; one where nobody voted has its weights and its pick.</summary>
        public bool HasResult => status is < RowStatus.Empty or RowStatus.NoVotes;

        /// <summary>The status in snake_case.</summary>
        public string Text => Names[(byte)status];

        /// <summary>The same for a row some of whose candidates may be missing.</summary>
        public string TextOf(bool mayLackCandidates) => mayLackCandidates && status.HasResult ? Incomplete : status.Text;

        /// <summary>The status as a JSON string.</summary>
        public ReadOnlySpan<byte> JsonText => Json[(byte)status];

        /// <summary>The same for a row some of whose candidates may be missing.</summary>
        public ReadOnlySpan<byte> JsonTextOf(bool mayLackCandidates) =>
            mayLackCandidates && status.HasResult ? IncompleteJson : status.JsonText;
    }

    private static byte[] ToJson(string name) => Encoding.UTF8.GetBytes($"\"{name}\"");

    private static string Spell(RowStatus status)
    {
        string name = status.ToString().Replace("NaN", "Nan", StringComparison.Ordinal);
        return string.Concat(name.Select((letter, at) =>
            char.IsUpper(letter) ? (at == 0 ? "" : "_") + char.ToLowerInvariant(letter) : letter.ToString()));
    }
}
