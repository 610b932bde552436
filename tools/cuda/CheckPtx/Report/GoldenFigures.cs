using System.Globalization;

namespace SoftBoN.CheckPtx;

/// <summary>The committed figures, and what counts as worse than they are.</summary>
/// <param name="ToolVersion">The assembler that made them; another one's cannot be compared.</param>
/// <param name="Figures">One entry a kernel and architecture.</param>
internal sealed record GoldenFigures(string ToolVersion, IReadOnlyList<KernelFigures> Figures)
{
    /// <summary>More registers than this beyond the committed number count as worse.</summary>
    public const int RegisterSlack = 2;

    /// <summary>A larger share of instructions beyond the committed number counts as worse.</summary>
    public const double InstructionSlack = 0.03;

    private const string VersionMark = "# ptxas ";
    private const string Cure = "run tools/cuda/check-ptx --update";

    private static readonly string[] Columns =
    [
        "kernel", "target", "registers", "shared_bytes", "instructions", "load_bits", "main_instructions", "main_bytes",
    ];

    /// <summary>Reads the committed file.</summary>
    public static GoldenFigures Parse(string text)
    {
        string[] lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string? version = lines.FirstOrDefault(line => line.StartsWith(VersionMark, StringComparison.Ordinal));
        return new(version?[VersionMark.Length..].Trim() ?? "", [.. lines.Where(IsData).Select(ParseLine)]);
    }

    /// <summary>The text of the committed file.</summary>
    public override string ToString() => string.Join('\n',
    [
        "# Figures of the kernels, compiled without a device. Written by tools/cuda/check-ptx --update.",
        VersionMark + ToolVersion,
        string.Join('\t', Columns),
        .. Figures
            .OrderBy(one => one.Kernel, StringComparer.Ordinal)
            .ThenBy(one => one.Target, StringComparer.Ordinal)
            .Select(Line),
        "",
    ]);

    /// <summary>What is worse than committed, what is not committed, what is committed but no longer there.</summary>
    /// <param name="measured">The figures of all kernels.</param>
    public IEnumerable<Finding> Compare(IReadOnlyCollection<KernelFigures> measured)
    {
        foreach (KernelFigures now in measured)
        {
            KernelFigures? then = Figures.FirstOrDefault(one => (one.Kernel, one.Target) == (now.Kernel, now.Target));
            if (then == null)
            {
                yield return new(now.Kernel, now.Target, "has no committed figures", Cure);
            }
            else if (Worse(then, now) is { Length: > 0 } worse)
            {
                yield return new(now.Kernel, now.Target, "worse than committed", worse);
            }
        }

        foreach (KernelFigures then in Figures)
        {
            if (!measured.Any(now => (now.Kernel, now.Target) == (then.Kernel, then.Target)))
            {
                yield return new(then.Kernel, then.Target, "is committed but not there", Cure);
            }
        }
    }

    private static string Worse(KernelFigures then, KernelFigures now) => string.Join(", ", new[]
    {
        Grown("registers", then.Registers, now.Registers, RegisterSlack),
        Grown("shared bytes", then.SharedBytes, now.SharedBytes, 0),
        Grown("instructions", then.Instructions, now.Instructions, then.Instructions * InstructionSlack),
        now.LoadBits < then.LoadBits ? $"widest load {then.LoadBits} -> {now.LoadBits} bits" : null,
        GrownSlots(then, now),
    }.OfType<string>());

    private static string? Grown(string what, int then, int now, double slack) =>
        now > then + slack ? $"{what} {then} -> {now}" : null;

    /// <summary>Instructions of the main part for each byte that it loads, compared without a division.</summary>
    private static string? GrownSlots(KernelFigures then, KernelFigures now)
    {
        double before = (double)then.MainInstructions * now.MainBytes * (1 + InstructionSlack);
        return (double)now.MainInstructions * then.MainBytes > before
            ? $"main part {then.MainInstructions} instructions for {then.MainBytes} bytes -> "
                + $"{now.MainInstructions} for {now.MainBytes}"
            : null;
    }

    private static bool IsData(string line) =>
        !line.StartsWith('#') && !line.StartsWith(Columns[0] + '\t', StringComparison.Ordinal);

    private static KernelFigures ParseLine(string line)
    {
        string[] cells = line.Split('\t');
        if (cells.Length != Columns.Length)
        {
            throw new FormatException($"'{line}' has {cells.Length} columns, {Columns.Length} are needed.");
        }

        int[] numbers = [.. cells[2..].Select(cell => int.Parse(cell, CultureInfo.InvariantCulture))];
        return new(
            cells[0], cells[1], numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5]);
    }

    private static string Line(KernelFigures one) => string.Create(
        CultureInfo.InvariantCulture,
        $"{one.Kernel}\t{one.Target}\t{one.Registers}\t{one.SharedBytes}\t{one.Instructions}\t{one.LoadBits}\t"
        + $"{one.MainInstructions}\t{one.MainBytes}");
}
