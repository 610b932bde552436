using System.CommandLine;
using System.Globalization;
using SoftBoN.Tool.Commands;
using SoftBoN.Tool.Host;

namespace SoftBoN.Tool.Plan;

/// <summary>
/// What a model takes for a batch, from times at some sizes of batch: linear between them, the first one's for smaller
/// batches; larger ones than the last are cut into batches of that size.
/// </summary>
internal sealed class BatchCost
{
    private readonly (double Size, double Ms)[] _points;
    private readonly double _each;

    private BatchCost((double Size, double Ms)[] points, double each) => (_points, _each) = (points, each);

    /// <summary>The option for it.</summary>
    public static Option<string> Option(string name, string what, string? fallback)
    {
        Option<string> option = OptionKinds.Text(
            name,
            "MS|B:MS,…",
            $"Milliseconds {what}: one number each, or times of batches, as 1:12,64:15,512:40.");
        if (fallback is not null)
        {
            option.DefaultValueFactory = _ => fallback;
        }

        return option;
    }

    /// <summary>Reads the value of an option.</summary>
    public static BatchCost Parse(string text, string option)
    {
        if (!text.Contains(':', StringComparison.Ordinal))
        {
            return new([], Number(text, text, option));
        }

        (double Size, double Ms)[] points = [.. text.Split(',').Select(part => Point(part.Trim(), option))];
        for (int i = 1; i < points.Length; i++)
        {
            if (points[i].Size <= points[i - 1].Size || points[i].Ms < points[i - 1].Ms)
            {
                throw new FaultException(
                    $"{option}: {points[i].Size}:{points[i].Ms} follows {points[i - 1].Size}:{points[i - 1].Ms}; "
                    + "batches have to grow, and their times must not fall");
            }
        }

        return new(points, 0);
    }

    /// <summary>Milliseconds for a batch.</summary>
    public double Of(double size)
    {
        if (_points.Length == 0)
        {
            return _each * size;
        }

        (double largest, double longest) = _points[^1];
        if (size > largest)
        {
            double whole = Math.Floor(size / largest);
            double rest = size - (whole * largest);
            return (whole * longest) + (rest > 0 ? Of(rest) : 0);
        }

        int next = Array.FindIndex(_points, point => point.Size >= size);
        if (next == 0)
        {
            return _points[0].Ms;
        }

        ((double size0, double ms0), (double size1, double ms1)) = (_points[next - 1], _points[next]);
        return ms0 + ((ms1 - ms0) * (size - size0) / (size1 - size0));
    }

    private static (double Size, double Ms) Point(string part, string option)
    {
        string[] words = part.Split(':');
        if (words.Length != 2
            || !int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out int size)
            || size < 1)
        {
            throw new FaultException($"{option}: {part} is no BATCH:MS with a batch of at least 1; write 64:15");
        }

        return (size, Number(words[1], part, option));
    }

    private static double Number(string text, string part, string option) =>
        OptionKinds.TryNumber(text, out double ms) && ms >= 0 && double.IsFinite(ms)
            ? ms
            : throw new FaultException($"{option}: {part} is no time; it has to be milliseconds, 0 or more, like 12.5");
}
