using System.Globalization;

namespace SoftBoN.Kernels.Bench.Compare;

/// <summary>What a comparison is asked to do.</summary>
/// <param name="Quick">Fewer processes and rounds, only the cases with a requirement, and the default compiler.</param>
/// <param name="Directory">Where a folder named after the device is put.</param>
/// <param name="Filter">Only cases whose name contains it.</param>
/// <param name="Processes">Processes per case.</param>
internal sealed record CompareOptions(bool Quick, string Directory, string Filter, int Processes)
{
    public const string Usage =
        "compare|price|peers [--quick] [--out DIR] [--case PART-OF-NAME] [--processes N]";

    /// <summary>Rounds per process.</summary>
    public int Rounds => Quick ? 60 : 200;

    /// <summary>How long each contender runs before it is timed: until long after its last compilation.</summary>
    public double WarmUpSeconds => Quick ? 1.0 : 1.5;

    /// <summary>The compiler's settings that a case is measured in besides the default one.</summary>
    public IReadOnlyList<JitMode> OtherModes => Quick ? [] : JitMode.Others;

    public static CompareOptions Parse(ReadOnlySpan<string> args)
    {
        var options = new CompareOptions(false, Path.Combine("artifacts", "bench"), "", 0);
        for (int i = 0; i < args.Length; i++)
        {
            options = args[i] switch
            {
                "--quick" => options with { Quick = true },
                "--out" => options with { Directory = ValueOf(args, ref i) },
                "--case" => options with { Filter = ValueOf(args, ref i) },
                "--processes" => options with { Processes = PositiveOf(args, ref i) },
                _ => throw new ArgumentException($"'{args[i]}' is not an option; usage: {Usage}"),
            };
        }

        return options.Processes > 0 ? options : options with { Processes = options.Quick ? 2 : 5 };
    }

    private static string ValueOf(ReadOnlySpan<string> args, ref int i) => i + 1 < args.Length
        ? args[++i]
        : throw new ArgumentException($"'{args[i]}' has no value; usage: {Usage}");

    private static int PositiveOf(ReadOnlySpan<string> args, ref int i)
    {
        string value = ValueOf(args, ref i);
        return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0
            ? number
            : throw new ArgumentException($"'{value}' is not a number of processes; pass 1 or more.");
    }
}
