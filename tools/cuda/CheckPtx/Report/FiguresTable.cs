using System.Globalization;

namespace SoftBoN.CheckPtx;

/// <summary>The figures of all kernels as text.</summary>
internal sealed class FiguresTable
{
    private readonly List<string[]> rows =
    [
        [
            "kernel", "target", "threads", "registers", "spill", "stack", "shared", "warps", "instructions",
            "main part", "loads", "slots/float",
        ],
    ];

    /// <summary>Adds one kernel on one architecture.</summary>
    public void Add(string kernel, int groupSize, Occupancy target, AssembledKernel assembled)
    {
        (KernelResources resources, SassLoop main) = (assembled.Resources, assembled.Code.MainPart);
        rows.Add(
        [
            kernel,
            target.Target,
            Text(groupSize),
            Text(resources.Registers),
            Text(resources.SpillBytes),
            Text(resources.StackBytes),
            Text(resources.SharedBytes),
            Text(target.WarpsOf(resources, groupSize)),
            Text(assembled.Code.Instructions.Count),
            main.IsLoop ? Text(main.Instructions.Count) : "all",
            main.WidestLoads > 0 ? $"{main.WidestLoads} x {main.WidestLoadBits} bits" : "none",
            main.LoadedBytes > 0 ? main.SlotsPerFloat.ToString("0.0", CultureInfo.InvariantCulture) : "-",
        ]);
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        return string.Join('\n', rows.Select(row => string.Join("  ", row.Select((cell, column) =>
            column < 2 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column])))));
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
