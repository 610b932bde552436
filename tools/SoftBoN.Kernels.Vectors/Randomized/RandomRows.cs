using SoftBoN.Kernels.Vectors.Data;
using SoftBoN.Kernels.Vectors.Operations;

namespace SoftBoN.Kernels.Vectors.Randomized;

/// <summary>Random layouts and rewards.</summary>
internal static class RandomRows
{
    /// <summary>Row lengths: mostly short, some of several segments.</summary>
    private static readonly int[] LongestLengths = [64, 64, 64, 64, 64, 300, 300, 300, 1200, 2500];

    public static RowsShape Shape(WordReader words, int rows, out int memory)
    {
        int columns = 1 + words.Below(200);
        int columnStride = 1 + words.Below(3);
        int rowStride = (columns * columnStride) + words.Below(9);
        int[] lengths = [.. Enumerable.Range(0, rows).Select(_ => Length(words))];
        switch (words.Below(8))
        {
            case 0:
                memory = rows * columns;
                return RowsShape.Parse($"dense {rows} {columns}");
            case 1:
                memory = rows * rowStride;
                return RowsShape.Parse($"strided {rows} {columns} {rowStride} {columnStride}");
            case 2:
                int size = 4096;
                memory = size;
                return RowsShape.Parse(
                    "mapped " + string.Join(' ', lengths.Select(length => $"{words.Below(size - length)}+{length}")));
            default:
                memory = lengths.Sum();
                return RowsShape.Parse("lengths " + string.Join(' ', lengths));
        }
    }

    public static float[] Rewards(WordReader words, RowsShape shape, int memory)
    {
        Func<uint, float> kind = Kind(words);
        int mask = words.Once(2) ? 0 : 2 + words.Below(6);
        var rewards = new float[memory];
        for (int i = 0; i < memory; i++)
        {
            rewards[i] = mask > 0 && words.Once(mask) ? float.NegativeInfinity : kind(words.Next());
        }

        Trouble(words, shape, rewards);
        return rewards;
    }

    private static int Length(WordReader words)
    {
        int longest = LongestLengths[words.Below(LongestLengths.Length)];
        return words.Below(longest + 1);
    }

    private static Func<uint, float> Kind(WordReader words)
    {
        int levels = 1 + words.Below(6);
        return words.Below(8) switch
        {
            0 => word => FloatsFromWords.Spread(word, 110, 130),
            1 => word => FloatsFromWords.Spread(word, 0, 254),
            2 => word => FloatsFromWords.Spread(word, 0, 40),
            3 => word => FloatsFromWords.Spread(word, 250, 254),
            4 => word => FloatsFromWords.Step(word, levels),
            _ => FloatsFromWords.Grid,
        };
    }

    /// <summary>One row in thirty-two holds a NaN or an infinity, or nothing but exclusions.</summary>
    private static void Trouble(WordReader words, RowsShape shape, float[] rewards)
    {
        for (int row = 0; row < shape.Count; row++)
        {
            int length = shape.LengthOf(row);
            if (length == 0 || !words.Once(32))
            {
                continue;
            }

            int place = words.Below(length);
            switch (words.Below(3))
            {
                case 0:
                    rewards[shape.StartOf(row) + (place * shape.ColumnStride)] = float.NaN;
                    break;
                case 1:
                    rewards[shape.StartOf(row) + (place * shape.ColumnStride)] = float.PositiveInfinity;
                    break;
                default:
                    for (int i = 0; i < length; i++)
                    {
                        rewards[shape.StartOf(row) + (i * shape.ColumnStride)] = float.NegativeInfinity;
                    }

                    break;
            }
        }
    }
}
