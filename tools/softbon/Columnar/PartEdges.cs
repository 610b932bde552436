using SoftBoN.Tool.Columnar.Tables;

namespace SoftBoN.Tool.Columnar;

/// <summary>
/// What lies before and behind a part of a row a candidate: the rows of a prompt that began before it, and those of its
/// last prompt behind it. So each part can be worked on by itself.
/// </summary>
/// <param name="parts">All parts.</param>
/// <param name="at">The part.</param>
/// <param name="names">The columns.</param>
/// <param name="needsLead">Whether rows of a prompt that began before the part are needed themselves.</param>
internal sealed class PartEdges(IReadOnlyList<Part> parts, int at, ColumnNames names, bool needsLead)
{
    private PromptPlace? _before;
    private string? _doubt;

    /// <summary>Rows before the part that may be of its first prompt, in order.</summary>
    public IReadOnlyList<PromptPlace> Lead { get; private set; } = [];

    /// <summary>Looks at what is before the part.</summary>
    public void Open()
    {
        try
        {
            List<PromptPlace> lead = [.. Backward()];
            lead.Reverse();
            _before = lead.Count > 0 ? lead[^1] : null;
            Lead = needsLead ? lead : [];
        }
        catch (PartException broken)
        {
            _doubt = broken.Message;
        }
    }

    public Part Part => parts[at];

    /// <summary>Whether all rows of the part are wanted, those of prompts that began before it included.</summary>
    public bool NeedsAllRows => needsLead;

    /// <summary>Why the part's first prompt may lack rows; null where it does not.</summary>
    public string? Doubt => _doubt is null ? null : $"its rows may begin before {Part.Name}; mend the part: {_doubt}";

    /// <summary>Whether the part's first prompt began before it, and is the business of another part.</summary>
    public bool BeganBefore(Block block, int row) => !needsLead
        && _before is not null
        && Names.Same(_before.Block.Prompt, _before.Row, block.Prompt, row);

    /// <summary>The rows behind the part that go on with a prompt.</summary>
    public IEnumerable<PromptPlace> Tail(PromptPlace last)
    {
        for (int i = at + 1; i < parts.Count; i++)
        {
            using ITableReader table = parts[i].Open();
            PartLayout layout = names.Find(parts[i].Name, table.Columns);
            (int first, int behind) = parts[i].GroupsOf(table);
            for (int group = first; group < behind; group++)
            {
                if (RowsOf(parts[i], table, group) == 0)
                {
                    continue;
                }

                Block ids = Block.Read(parts[i], group, table, OnlyIds(layout));
                if (!Names.Same(last.Block.Prompt, last.Row, ids.Prompt, 0))
                {
                    yield break;
                }

                int end = LongPrompts.RunEnd(ids, 0);
                yield return new PromptPlace(Block.Read(parts[i], group, table, layout), 0, end);
                if (end < ids.Rows)
                {
                    yield break;
                }
            }
        }
    }

    /// <summary>The last rows before the part, of one prompt, from the last row group on.</summary>
    private IEnumerable<PromptPlace> Backward()
    {
        Block? last = null;
        for (int i = at - 1; i >= 0; i--)
        {
            using ITableReader table = parts[i].Open();
            PartLayout layout = names.Find(parts[i].Name, table.Columns);
            (int first, int behind) = parts[i].GroupsOf(table);
            for (int group = behind - 1; group >= first; group--)
            {
                int rows = RowsOf(parts[i], table, group);
                if (rows == 0)
                {
                    continue;
                }

                Block block = Block.Read(parts[i], group, table, needsLead ? layout : OnlyIds(layout));
                if (last is not null && !Names.Same(last.Prompt, last.Rows - 1, block.Prompt, rows - 1))
                {
                    yield break;
                }

                int begin = RunBegin(block);
                yield return new PromptPlace(block, begin, rows - begin);
                if (begin > 0 || !needsLead)
                {
                    yield break;
                }

                last = block;
            }
        }
    }

    private static int RowsOf(Part part, ITableReader table, int group) => Part.Guard(
        $"{part.Name}, row group {group}", "it cannot be read", () => checked((int)table.Rows(group)));

    private static int RunBegin(Block block)
    {
        int begin = block.Rows - 1;
        while (begin > 0 && Names.Same(block.Prompt, begin - 1, block.Prompt, block.Rows - 1))
        {
            begin--;
        }

        return begin;
    }

    private static PartLayout OnlyIds(PartLayout layout) =>
        layout with { Reward = -1, Hidden = -1, Own = [], Candidate = -1, Answer = -1, Offset = -1, Kept = [] };
}
