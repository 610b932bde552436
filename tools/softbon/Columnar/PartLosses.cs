using System.Globalization;

namespace SoftBoN.Tool.Columnar;

/// <summary>
/// What could not be read of a part that was written all the same. The part of the output says it too, so that a later run that
/// keeps the part can say it again.
/// </summary>
internal sealed class PartLosses
{
    private const string GroupsKey = "softbon.lost_row_groups";
    private const string UnreadableKey = "softbon.unreadable_prompts";

    /// <summary>A message for each row group that is lost.</summary>
    public List<string> Groups { get; } = [];

    /// <summary>Prompts that came out as unreadable.</summary>
    public long Unreadable { get; set; }

    /// <summary>What the part of the output is told; nothing where nothing is lost.</summary>
    public IReadOnlyDictionary<string, string> Metadata
    {
        get
        {
            var metadata = new Dictionary<string, string>();
            if (Groups.Count > 0)
            {
                metadata[GroupsKey] = string.Join('\n', Groups.Select(message => message.ReplaceLineEndings(" ")));
            }

            if (Unreadable > 0)
            {
                metadata[UnreadableKey] = Unreadable.ToString(CultureInfo.InvariantCulture);
            }

            return metadata;
        }
    }

    /// <summary>What a part of the output says.</summary>
    public static PartLosses Of(IReadOnlyDictionary<string, string> metadata)
    {
        string? unreadable = metadata.GetValueOrDefault(UnreadableKey);
        var losses = new PartLosses
        {
            Unreadable = long.TryParse(unreadable, NumberStyles.None, CultureInfo.InvariantCulture, out long count) ? count : 0,
        };
        losses.Groups.AddRange(metadata.GetValueOrDefault(GroupsKey)?.Split('\n') ?? []);
        return losses;
    }
}
