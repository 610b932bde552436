namespace SoftBoN.Tool.Input;

/// <summary>Reads an array of candidate objects: id, reward, answer, offset.</summary>
internal static class JsonCandidates
{
    public static void Read(ref JsonCursor json, RowDraft row)
    {
        json.Take((byte)'[');
        if (json.TryTake((byte)']'))
        {
            return;
        }

        do
        {
            ReadOne(ref json, row);
        }
        while (json.TakeCommaOr((byte)']'));
    }

    private static void ReadOne(ref JsonCursor json, RowDraft row)
    {
        var fields = new Fields();
        json.Take((byte)'{');
        if (!json.TryTake((byte)'}'))
        {
            do
            {
                ReadOnlySpan<byte> name = json.TakeString();
                json.Take((byte)':');
                int own = row.Rules.Fields.Find(name);
                if (own >= 0)
                {
                    TakeOwn(ref json, own, row);
                }
                else
                {
                    ReadField(ref json, name, ref fields);
                }
            }
            while (json.TakeCommaOr((byte)'}'));
        }

        Add(fields, row);
    }

    private static void TakeOwn(ref JsonCursor json, int field, RowDraft row)
    {
        if (row.Values[field].Count > row.Rewards.Count)
        {
            throw Twice(row.Rules.Fields.Names[field]);
        }

        row.Values[field].Add(json.TakeFloat());
    }

    private static void ReadField(scoped ref JsonCursor json, ReadOnlySpan<byte> name, ref Fields fields)
    {
        if (name.SequenceEqual("\"reward\""u8))
        {
            fields.Reward = Once(fields.Reward, "reward", json.TakeFloat());
        }
        else if (name.SequenceEqual("\"id\""u8))
        {
            fields.Id = TakeName(ref json, fields.Id, "id");
        }
        else if (name.SequenceEqual("\"answer\""u8))
        {
            fields.Answer = TakeName(ref json, fields.Answer, "answer");
        }
        else if (name.SequenceEqual("\"offset\""u8))
        {
            fields.Offset = Once(fields.Offset, "offset", json.TakeFloat());
        }
        else
        {
            json.Skip();
        }
    }

    private static ReadOnlySpan<byte> TakeName(
        scoped ref JsonCursor json, ReadOnlySpan<byte> before, string field)
    {
        if (!before.IsEmpty)
        {
            throw Twice(field);
        }

        return json.TryTakeNull() ? default : json.TakeName(field);
    }

    private static float Once(float? before, string field, float now) => before is null ? now : throw Twice(field);

    private static LineException Twice(string field) =>
        new($"a candidate's \"{field}\" is given twice; give it once");

    private static void Add(in Fields fields, RowDraft row)
    {
        bool ownRewards = row.Rules.Fields.Rewards > 0;
        row.Rewards.Add((ownRewards ? float.NaN : fields.Reward) ?? throw new LineException(
            $"candidate {row.Rewards.Count + 1} has no reward; give it one, or null for a missing one"));
        if (fields.Id.IsEmpty)
        {
            row.LeaveCandidateUnnamed();
        }
        else
        {
            row.NameCandidate(fields.Id);
        }

        if (fields.Offset is { } offset)
        {
            row.AddOffset(offset);
        }

        if (row.Rules.Answers)
        {
            row.AddAnswer(fields.Answer.IsEmpty ? TextRange.None : row.AddJson(fields.Answer).Text);
        }
    }

    private ref struct Fields
    {
        public float? Reward;
        public float? Offset;
        public ReadOnlySpan<byte> Id;
        public ReadOnlySpan<byte> Answer;
    }
}
