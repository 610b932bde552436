using System.Runtime.InteropServices;
using SoftBoN.Tool.Columnar;
using SoftBoN.Tool.Columnar.Tables;

namespace SoftBoN.Tool.Scores;

/// <summary>Makes rewards of a column of hidden values, which has a list for each candidate.</summary>
/// <param name="scorer">The head.</param>
/// <param name="integersAreBFloat16">Whether 16-bit integers are bfloat16.</param>
/// <param name="clock">Is told the time; decoding waits for it.</param>
internal sealed class HiddenColumn(HeadScorer scorer, bool integersAreBFloat16, StageClock clock) : IRewardMaker
{
    public string? Refuse(CellsShape column) => 0 switch
    {
        _ when !column.IsList || !column.IsNumber => "it has to be list of float32 or float16, a list a candidate",
        _ when IsSmall(column) && !integersAreBFloat16 => "if these 16-bit integers are bfloat16, pass --dtype bf16",
        _ => null,
    };

    public Cells<float> Make(Cells hidden, string place)
    {
        StageMoment begin = StageMoment.Now;
        Cells<float> values = IsSmall(hidden.Shape) ? Widen(hidden) : Floats.Of(hidden);
        var rewards = new Cells<float>(hidden.Shape with { Type = typeof(float), IsList = false });
        rewards.Extend(hidden.Rows).Fill(float.NaN);
        int[] rows = RowsWithValues(values, place);
        float[] made = new float[rows.Length];
        int piece = Math.Max(1, HeadScorer.PieceValues / scorer.Dimension);
        for (int first = 0; first < rows.Length; first += piece)
        {
            int count = Math.Min(piece, rows.Length - first);
            ReadOnlySpan<float> part = values.Values.Slice(first * scorer.Dimension, count * scorer.Dimension);
            scorer.Score(TokenMatrix.Of(part, count, scorer.Dimension), made.AsSpan(first, count));
        }

        for (int i = 0; i < rows.Length; i++)
        {
            rewards.Values[rows[i]] = made[i];
        }

        rewards.EndRows();
        clock.Subtract(Stage.Decode, begin);
        clock.Add(Stage.Compute, begin);
        return rewards;
    }

    private static bool IsSmall(CellsShape column) => column.Type == typeof(ushort) || column.Type == typeof(short);

    private static Cells<float> Widen(Cells hidden)
    {
        ReadOnlySpan<ushort> bits = hidden is Cells<short> signed
            ? MemoryMarshal.Cast<short, ushort>(signed.Values)
            : ((Cells<ushort>)hidden).Values;
        var values = new Cells<float>(hidden.Shape with { Type = typeof(float) });
        Span<float> into = values.Extend(bits.Length);
        for (int i = 0; i < bits.Length; i++)
        {
            into[i] = hidden.IsNull(i) ? float.NaN : BitConverter.UInt32BitsToSingle((uint)bits[i] << 16);
        }

        values.CopyRowsOf(hidden);
        return values;
    }

    /// <summary>The rows that have a list; its values lie behind those of the rows before it.</summary>
    private int[] RowsWithValues(Cells<float> values, string place)
    {
        var rows = new List<int>(values.Rows);
        for (int row = 0; row < values.Rows; row++)
        {
            int length = values[row].GetOffsetAndLength(values.Count).Length;
            if (values.IsNullRow(row))
            {
                continue;
            }

            if (length != scorer.Dimension)
            {
                throw new PartException(
                    place,
                    $"row {row} has {length} hidden values and the head {scorer.Dimension} weights; give a value for each");
            }

            rows.Add(row);
        }

        return [.. rows];
    }
}
