using System.Text;

namespace SoftBoN.Tool.Input;

/// <summary>The numbers that a run wants of each candidate under names of its own: rewards, and what penalties are for.</summary>
internal sealed class RowFields
{
    /// <summary>Whole numbers up to this one are floats.</summary>
    private const float MostLength = 1 << 24;

    private readonly byte[][] _json;

    /// <param name="rewards">The names of the rewards; empty where they have the usual one.</param>
    /// <param name="others">The names of the rest.</param>
    /// <param name="length">The name among <paramref name="others"/> whose numbers are whole; null for none.</param>
    public RowFields(string[] rewards, string[] others, string? length)
    {
        Names = [.. rewards, .. others];
        Rewards = rewards.Length;
        Length = length is null ? -1 : Array.IndexOf([.. rewards, .. others], length);
        _json = [.. Names.Select(name => Encoding.UTF8.GetBytes($"\"{name}\""))];
    }

    /// <summary>No fields.</summary>
    public static RowFields None { get; } = new([], [], null);

    public IReadOnlyList<string> Names { get; }

    /// <summary>How many of them are rewards, the first ones; 0 where rewards have the usual name.</summary>
    public int Rewards { get; }

    private int Length { get; }

    /// <summary>The field of a quoted name; -1 for none.</summary>
    public int Find(ReadOnlySpan<byte> json)
    {
        for (int i = 0; i < _json.Length; i++)
        {
            if (json.SequenceEqual(_json[i]))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Checks that each candidate has each field.</summary>
    /// <exception cref="LineException">One is missing, or a length is no whole number.</exception>
    public void Check(Column<float>[] values, int candidates)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i].Count != candidates)
            {
                throw new LineException(
                    $"{values[i].Count} values of \"{Names[i]}\" for {candidates} candidates; give each candidate one");
            }
        }

        if (Length < 0)
        {
            return;
        }

        foreach (float length in values[Length].Span)
        {
            if (!(length is >= 0 and <= MostLength && length == MathF.Truncate(length)))
            {
                throw new LineException(
                    $"a \"{Names[Length]}\" of {length}; it has to be a whole number, 0 to {MostLength}");
            }
        }
    }
}
