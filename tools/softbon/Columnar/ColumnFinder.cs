using SoftBoN.Tool.Columnar.Tables;

namespace SoftBoN.Tool.Columnar;

/// <summary>Looks columns up by name and checks what they hold.</summary>
internal sealed class ColumnFinder(string part, IReadOnlyList<CellsShape> columns)
{
    /// <param name="given">The name that an option gave; null for the usual ones.</param>
    /// <param name="option">The option.</param>
    /// <param name="usual">The usual names, the first one that is there is taken.</param>
    public int Needed(string? given, string option, params ReadOnlySpan<string> usual)
    {
        int at = Optional(given, option, usual);
        return at >= 0 ? at : throw new PartException(
            part, $"no column \"{usual[0]}\", it has {Names()}; name the column with {option}");
    }

    public int Optional(string? given, string option, params ReadOnlySpan<string> usual)
    {
        if (given is not null)
        {
            int at = Find(given);
            return at >= 0 ? at : throw new PartException(
                part, $"no column \"{given}\", it has {Names()}; give {option} one of them");
        }

        foreach (string name in usual)
        {
            if (Find(name) is >= 0 and int at)
            {
                return at;
            }
        }

        return -1;
    }

    public int Held(string name)
    {
        int at = Needed(name, "--keep-columns");
        return columns[at].Type is not null ? at : throw Wrong(
            at, "which cannot be kept; name the columns to keep with --keep-columns");
    }

    public int[] HoldAll() => [.. columns.Select(column => Held(column.Name))];

    /// <summary>A name, or an answer: text or an integer.</summary>
    public void CheckName(int at, bool isList)
    {
        if (at >= 0 && !((columns[at].IsText || columns[at].IsInteger) && columns[at].IsList == isList))
        {
            throw Wrong(at, $"it has to be {(isList ? "list of " : "")}text or integers");
        }
    }

    public void CheckNumber(int at, bool isList)
    {
        if (at >= 0 && !(columns[at].IsNumber && columns[at].IsList == isList))
        {
            throw Wrong(at, $"it has to be {(isList ? "list of numbers, as the rewards are" : "numbers")}");
        }
    }

    /// <param name="at">The column.</param>
    /// <param name="refuse">Says why it cannot be used, as a cure; null where it can.</param>
    public void Check(int at, Func<CellsShape, string?> refuse)
    {
        if (refuse(columns[at]) is { } cure)
        {
            throw Wrong(at, cure);
        }
    }

    private PartException Wrong(int at, string cure) =>
        new($"{part}, column {columns[at].Name}", $"is of type {columns[at].Spelled}; {cure}");

    private int Find(string name)
    {
        for (int i = 0; i < columns.Count; i++)
        {
            if (columns[i].Name == name)
            {
                return i;
            }
        }

        return -1;
    }

    private string Names() => string.Join(", ", columns.Select(column => column.Name));
}
