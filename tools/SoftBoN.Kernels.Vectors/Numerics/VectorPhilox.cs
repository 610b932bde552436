using SoftBoN.Kernels.Ops.Numerics;
using SoftBoN.Kernels.Vectors.Data;

namespace SoftBoN.Kernels.Vectors.Numerics;

/// <summary>Philox blocks by the vector loops, which make the words of consecutive elements.</summary>
internal static unsafe class VectorPhilox
{
    /// <summary>Elements have 32 bits and four share a block.</summary>
    private const uint MostBlocks = 1u << 30;

    private delegate void FillWords(uint* words, in PhiloxSchedule schedule, uint firstElement, int count);

    public static string?[] Fill(IReadOnlyList<string> inputs) =>
        [.. inputs.Select(input => Block(Philox4x32.Fill, input))];

    public static string?[] FillPortable(IReadOnlyList<string> inputs) =>
        [.. inputs.Select(input => Block(Philox4x32.FillPortable, input))];

    private static string? Block(FillWords fill, string input)
    {
        uint[] c = [.. input.Split(' ').Select(SpecText.ToWord)];
        if (c[0] >= MostBlocks)
        {
            return null;
        }

        PhiloxSchedule schedule = default;
        schedule.Set(new NoiseKey(Pair(c[4], c[5]), Pair(c[2], c[3]), c[1]));

        // The block is looked for behind others where there are some, so that every lane's counter is made to move.
        uint lead = Math.Min(c[0], 5u) * 4;
        uint* words = stackalloc uint[256];
        fill(words, in schedule, (c[0] * 4) - lead, (int)lead + 4);
        return HexColumns.Line(words[lead], words[lead + 1], words[lead + 2], words[lead + 3]);
    }

    private static ulong Pair(uint low, uint high) => ((ulong)high << 32) | low;
}
