using System.Globalization;

namespace SoftBoN.Tool.Input;

/// <summary>Reads the object on one line into a row.</summary>
internal static class JsonRow
{
    [Flags]
    private enum Fields
    {
        None = 0,
        Id = 1,
        Rewards = 2,
        Candidates = 4,
        Lambda = 8,
        Seed = 16,
        Position = 32,
        Offsets = 64,
    }

    /// <exception cref="LineException">The line is not an object of the form that the documentation gives.</exception>
    public static void Read(ReadOnlySpan<byte> line, RowDraft row)
    {
        var json = new JsonCursor(line);
        var seen = Fields.None;
        json.Take((byte)'{');
        if (!json.TryTake((byte)'}'))
        {
            do
            {
                ReadOnlySpan<byte> name = json.TakeString();
                json.Take((byte)':');
                ReadField(ref json, name, row, ref seen);
            }
            while (json.TakeCommaOr((byte)'}'));
        }

        json.TakeEnd();
        Check(row, seen);
        row.Complete(line);
    }

    private static void ReadField(ref JsonCursor json, ReadOnlySpan<byte> name, RowDraft row, ref Fields seen)
    {
        int own = row.Rules.Fields.Find(name);
        if (own >= 0)
        {
            TakeOwn(ref json, own, row);
            return;
        }

        Fields field = FieldOf(name);
        if (field == Fields.None || (field == Fields.Rewards && row.Rules.Fields.Rewards > 0))
        {
            json.Skip();
            return;
        }

        if ((seen & field) != 0)
        {
            throw new LineException($"{JsonText.Show(name)} is given twice; give it once");
        }

        if (!json.TryTakeNull())
        {
            seen |= field;
            ReadKnown(ref json, field, row);
        }
    }

    /// <summary>An array with a value per candidate.</summary>
    private static void TakeOwn(ref JsonCursor json, int field, RowDraft row)
    {
        string name = row.Rules.Fields.Names[field];
        if (row.Values[field].Count > 0)
        {
            throw new LineException($"\"{name}\" is given twice; give it once, in the line or in its candidates");
        }

        if (json.Peek() != JsonKind.Array)
        {
            throw new LineException($"\"{name}\" has to be an array with a number per candidate");
        }

        TakeFloats(ref json, row.Values[field]);
    }

    /// <summary>Rewards under names of their own take the place of those that have none.</summary>
    private static void TakeOwnRewards(RowDraft row, Fields seen)
    {
        if ((seen & Fields.Candidates) == 0)
        {
            row.Rewards.Resize(row.Values[0].Count).Fill(float.NaN);
        }
    }

    private static void ReadKnown(ref JsonCursor json, Fields field, RowDraft row)
    {
        switch (field)
        {
            case Fields.Id:
                row.SetId(json.TakeName("id"));
                break;
            case Fields.Rewards:
                TakeFloats(ref json, row.Rewards);
                break;
            case Fields.Candidates:
                JsonCandidates.Read(ref json, row);
                break;
            case Fields.Lambda:
                row.Lambda = json.TakeFloat();
                break;
            case Fields.Seed:
                row.Seed = TakeUnsigned(ref json, "seed");
                break;
            case Fields.Position:
                row.Position = TakeUnsigned(ref json, "position");
                break;
            case Fields.Offsets when row.Offsets.Count > 0:
                throw new LineException("both \"offsets\" and a candidate's \"offset\"; give them in one place");
            default:
                TakeFloats(ref json, row.Offsets);
                break;
        }
    }

    private static Fields FieldOf(ReadOnlySpan<byte> name) => name switch
    {
        _ when name.SequenceEqual("\"id\""u8) => Fields.Id,
        _ when name.SequenceEqual("\"rewards\""u8) => Fields.Rewards,
        _ when name.SequenceEqual("\"candidates\""u8) => Fields.Candidates,
        _ when name.SequenceEqual("\"lambda\""u8) => Fields.Lambda,
        _ when name.SequenceEqual("\"seed\""u8) => Fields.Seed,
        _ when name.SequenceEqual("\"position\""u8) => Fields.Position,
        _ when name.SequenceEqual("\"offsets\""u8) => Fields.Offsets,
        _ => Fields.None,
    };

    private static void Check(RowDraft row, Fields seen)
    {
        bool ownRewards = row.Rules.Fields.Rewards > 0;
        if (ownRewards)
        {
            TakeOwnRewards(row, seen);
        }
        else if ((seen & (Fields.Rewards | Fields.Candidates)) is 0 or (Fields.Rewards | Fields.Candidates))
        {
            throw new LineException("give either \"rewards\" or \"candidates\"");
        }

        if ((seen & Fields.Candidates) == 0 && row.Rules.ElementsFromIds)
        {
            throw new LineException("--elements-from-ids needs \"candidates\" with ids, this line has \"rewards\"");
        }

        if ((seen & Fields.Offsets) != 0 && row.Offsets.Count != row.Rewards.Count)
        {
            throw new LineException(
                $"{row.Offsets.Count} offsets for {row.Rewards.Count} candidates; give as many, in one place");
        }
    }

    private static void TakeFloats(ref JsonCursor json, Column<float> into)
    {
        json.Take((byte)'[');
        if (json.TryTake((byte)']'))
        {
            return;
        }

        do
        {
            into.Add(json.TakeFloat());
        }
        while (json.TakeCommaOr((byte)']'));
    }

    private static ulong TakeUnsigned(ref JsonCursor json, string field)
    {
        ReadOnlySpan<byte> written = json.TakeName(field);
        ReadOnlySpan<byte> digits = written[0] == '"' ? written[1..^1] : written;
        return ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out ulong value)
            ? value
            : throw new LineException(
                $"\"{field}\" is {JsonText.Show(written)}; it has to be an integer, 0 to {ulong.MaxValue}");
    }
}
