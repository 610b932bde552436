using SoftBoN.Tool.Columnar.Tables;

namespace SoftBoN.Tool.Columnar;

/// <summary>Compares ids: text, or integers.</summary>
internal static class Names
{
    public static bool Same(Cells one, int i, Cells other, int j)
    {
        if (one.IsNull(i) || other.IsNull(j))
        {
            return one.IsNull(i) && other.IsNull(j);
        }

        return (one, other) switch
        {
            (Cells<ReadOnlyMemory<char>> a, Cells<ReadOnlyMemory<char>> b) =>
                a.Values[i].Span.SequenceEqual(b.Values[j].Span),
            (Cells<long> a, Cells<long> b) => a.Values[i] == b.Values[j],
            (Cells<int> a, Cells<int> b) => a.Values[i] == b.Values[j],
            _ => one.Shape.IsText == other.Shape.IsText && Text(one, i) == Text(other, j),
        };
    }

    /// <summary>Nulls first, then texts by their code units, or numbers by their size.</summary>
    public static int Compare(Cells one, int i, Cells other, int j)
    {
        if (one.IsNull(i) || other.IsNull(j))
        {
            return other.IsNull(j).CompareTo(one.IsNull(i));
        }

        return (one, other) switch
        {
            (Cells<ReadOnlyMemory<char>> a, Cells<ReadOnlyMemory<char>> b) =>
                a.Values[i].Span.SequenceCompareTo(b.Values[j].Span),
            (Cells<long> a, Cells<long> b) => a.Values[i].CompareTo(b.Values[j]),
            (Cells<int> a, Cells<int> b) => a.Values[i].CompareTo(b.Values[j]),
            _ => string.CompareOrdinal(Text(one, i), Text(other, j)),
        };
    }

    public static string Text(Cells cells, int index) => cells switch
    {
        _ when cells.IsNull(index) => "null",
        Cells<ReadOnlyMemory<char>> c => c.Values[index].ToString(),
        Cells<long> c => $"{c.Values[index]}",
        Cells<int> c => $"{c.Values[index]}",
        Cells<short> c => $"{c.Values[index]}",
        Cells<sbyte> c => $"{c.Values[index]}",
        Cells<byte> c => $"{c.Values[index]}",
        Cells<ushort> c => $"{c.Values[index]}",
        Cells<uint> c => $"{c.Values[index]}",
        _ => $"{((Cells<ulong>)cells).Values[index]}",
    };
}
