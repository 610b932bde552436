using System.Globalization;
using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Bench.Devices;

/// <summary>A batch in files that other programs measure as well: rows of float32 or bfloat16, little-endian, nothing else.</summary>
/// <param name="Job">What is done with it.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Element">How values are stored.</param>
/// <param name="Values">The file of logits, rewards of candidates, or hidden values.</param>
/// <param name="Others">The file of rewards of tokens, or of the head's weights.</param>
internal sealed record InputFiles(InputJob Job, Shape Shape, TokenElement Element, string Values, string? Others)
{
    private const int LongestRow = 1024;
    private const string Prefix = "logits";

    /// <summary>The name by which figures of other programs go.</summary>
    public string Operation => $"{JobName}, {(Element == TokenElement.Float32 ? "float32" : "bfloat16")}";

    private string JobName => Job switch
    {
        InputJob.Sample => "token sample",
        InputJob.Tilt => "token tilt",
        InputJob.Weights => "soft weights",
        InputJob.Select => "selection",
        _ => "reward head",
    };

    /// <summary>All jobs that a folder has the files of.</summary>
    public static IEnumerable<InputFiles> In(string folder)
    {
        foreach (string path in Directory.EnumerateFiles(folder, $"{Prefix}-*.bin").Order(StringComparer.Ordinal))
        {
            string[] parts = Path.GetFileNameWithoutExtension(path).Split('-');
            int[] sizes = [.. parts[1].Split('x').Select(size => int.Parse(size, CultureInfo.InvariantCulture))];
            var shape = new Shape(sizes[0], sizes[1]);
            TokenElement element = parts[2] == "float32" ? TokenElement.Float32 : TokenElement.BFloat16;
            string rewards = Path.Combine(folder, $"rewards-{shape}-{parts[2]}.bin");
            string weights = Path.Combine(folder, $"weights-1x{shape.Columns}-{parts[2]}.bin");
            if (File.Exists(weights))
            {
                yield return new(InputJob.Head, shape, element, path, weights);
            }
            else if (shape.Columns <= LongestRow)
            {
                yield return new(InputJob.Weights, shape, element, path, null);
                yield return new(InputJob.Select, shape, element, path, null);
            }
            else
            {
                yield return new(InputJob.Sample, shape, element, path, null);
                if (File.Exists(rewards))
                {
                    yield return new(InputJob.Tilt, shape, element, path, rewards);
                }
            }
        }
    }
}

/// <summary>What is done with a batch of a file.</summary>
internal enum InputJob
{
    Sample,
    Tilt,
    Weights,
    Select,
    Head,
}
