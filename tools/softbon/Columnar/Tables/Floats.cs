using System.Numerics;

namespace SoftBoN.Tool.Columnar.Tables;

/// <summary>Columns of numbers as float32, each rounded once. What is null, or finite and beyond float32, is NaN.</summary>
internal static class Floats
{
    public static Cells<float> Of(Cells cells) => cells switch
    {
        Cells<float> c when !c.HasNulls => c,
        Cells<float> c => Convert(c),
        Cells<double> c => Convert(c),
        Cells<sbyte> c => Convert(c),
        Cells<byte> c => Convert(c),
        Cells<short> c => Convert(c),
        Cells<ushort> c => Convert(c),
        Cells<int> c => Convert(c),
        Cells<uint> c => Convert(c),
        Cells<long> c => Convert(c),
        _ => Convert((Cells<ulong>)cells),
    };

    private static Cells<float> Convert<T>(Cells<T> cells)
        where T : struct, INumber<T>
    {
        var floats = new Cells<float>(cells.Shape with { Type = typeof(float) });
        Span<float> into = floats.Extend(cells.Count);
        ReadOnlySpan<T> from = cells.Values;
        for (int i = 0; i < into.Length; i++)
        {
            float value = float.CreateTruncating(from[i]);
            bool isBeyond = float.IsInfinity(value) && !T.IsInfinity(from[i]);
            into[i] = isBeyond || cells.IsNull(i) ? float.NaN : value;
        }

        floats.CopyRowsOf(cells);
        return floats;
    }
}
