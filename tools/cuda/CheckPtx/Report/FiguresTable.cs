using System.Globalization;

namespace SoftBoN.CheckPtx;

/// <summary>The figures of kernels as text for people.</summary>
internal static class FiguresTable
{
    private static readonly string[] Head =
    [
        "kernel", "target", "threads", "registers", "spill", "stack", "shared", "warps", "instructions",
        "main part", "loads", "slots/float",
    ];

    /// <summary>A line for each kernel and multiprocessor.</summary>
    public static string Of(IEnumerable<KernelReport> reports)
    {
        string[][] rows =
        [
            Head,
            .. from report in reports
               from one in report.Assembled
               select Row(report, one.Target, one.Assembled),
        ];
        int[] widths = [.. Enumerable.Range(0, Head.Length).Select(column => rows.Max(row => row[column].Length))];
        return string.Join('\n', rows.Select(row => string.Join("  ", row.Select((cell, column) =>
            column < 2 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column])))));
    }

    private static string[] Row(KernelReport report, Multiprocessor target, AssembledKernel assembled)
    {
        (KernelResources resources, SassLoop main) = (assembled.Resources, assembled.Code.MainPart);
        return
        [
            report.Kernel.Name,
            target.Name,
            Text(report.Kernel.GroupSize),
            Text(resources.Registers),
            Text(resources.SpillBytes),
            Text(resources.StackBytes),
            Text(resources.SharedBytes),
            Text(target.WarpsOf(resources, report.Kernel.GroupSize)),
            Text(assembled.Code.Instructions.Count),
            main.IsLoop ? Text(main.Instructions.Count) : "all",
            main.WidestLoads > 0 ? $"{main.WidestLoads} x {main.WidestLoadBits} bits" : "none",
            main.LoadedBytes > 0 ? main.SlotsPerFloat.ToString("0.0", CultureInfo.InvariantCulture) : "-",
        ];
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
