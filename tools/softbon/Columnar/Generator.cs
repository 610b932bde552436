using System.Globalization;
using SoftBoN.Tool.Columnar.Tables;

namespace SoftBoN.Tool.Columnar;

/// <summary>Made-up prompts whose candidates have rewards, each from the seed and its own place alone.</summary>
/// <param name="seed">The seed.</param>
/// <param name="prompts">Prompts of all parts.</param>
/// <param name="candidates">Candidates of each.</param>
internal sealed class Generator(ulong seed, long prompts, int candidates)
{
    private const int ValuesOfGroup = 1 << 22;

    /// <summary>The standard deviation of the sum of four numbers below 2^16.</summary>
    private const float Deviation = 37837.227f;
    private const float Mean = 4 * 65535 / 2f;

    private static readonly CellsShape[] Shapes =
    [
        new("prompt", typeof(ReadOnlyMemory<char>), false, ""),
        new("rewards", typeof(float), true, ""),
    ];

    /// <summary>Writes a part.</summary>
    /// <param name="part">Which one, from 0.</param>
    /// <param name="parts">How many there are.</param>
    /// <param name="path">Where it goes.</param>
    public void Write(int part, int parts, string path)
    {
        long from = (long)((Int128)prompts * part / parts);
        long to = (long)((Int128)prompts * (part + 1) / parts);
        int rows = Math.Max(1, ValuesOfGroup / candidates);
        using var file = new PartFile(path);
        var writer = new ParquetTableWriter(Shapes, new Dictionary<string, string>(), file.Stream);
        for (long first = from; first < to; first += rows)
        {
            writer.Write(Rows(first, (int)Math.Min(rows, to - first)));
        }

        writer.Finish(new Dictionary<string, string>());
        file.TakePlace();
    }

    private Cells[] Rows(long first, int count)
    {
        var names = new Cells<ReadOnlyMemory<char>>(Shapes[0]);
        var rewards = new Cells<float>(Shapes[1]);
        for (int row = 0; row < count; row++)
        {
            long prompt = first + row;
            names.Add(string.Create(CultureInfo.InvariantCulture, $"p{prompt:D10}").AsMemory());
            names.EndRow();
            Span<float> values = rewards.Extend(candidates);
            for (int i = 0; i < candidates; i++)
            {
                values[i] = Reward(((ulong)prompt * (uint)candidates) + (uint)i);
            }

            rewards.EndRow();
        }

        return [names, rewards];
    }

    /// <summary>
    /// The sum of four uniform numbers, brought to mean 0 and deviation 1: nearly normal, and the same on all machines.
    /// The numbers are 16 bits each of SplitMix64 (Steele, Lea, Flood, "Fast splittable pseudorandom number generators",
    /// OOPSLA 2014).
    /// </summary>
    private float Reward(ulong place)
    {
        ulong bits = seed + ((place + 1) * 0x9E3779B97F4A7C15);
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        bits ^= bits >> 31;
        ulong sum = (bits & 0xFFFF) + ((bits >> 16) & 0xFFFF) + ((bits >> 32) & 0xFFFF) + (bits >> 48);
        return (sum - Mean) / Deviation;
    }
}
