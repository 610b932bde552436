using System.Globalization;
using System.Text;
using System.Text.Json;
using SoftBoN.Kernels.Bench.Compare;

namespace SoftBoN.Kernels.Bench.Devices;

/// <summary>Measures a device: kernel, resident, end-to-end and cold side by side, against the processor's vectors.</summary>
internal static class DeviceCommand
{
    public const string Name = "devices";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static int Run(ReadOnlySpan<string> args)
    {
        var options = DeviceOptions.Parse(args);
        DeviceReport device = SoftBonDevices.Probe()
            .FirstOrDefault(report => report.Backend == options.Backend && report.IsAvailable)
            ?? throw new ArgumentException(
                $"No device of backend '{BackendNames.Spell(options.Backend)}' can be used; see softbon doctor.");
        var cold = new List<(string Operation, double Creation, double FirstCall, double SecondCall)>();
        foreach (SoftBonOperations compiled in new[] { SoftBonOperations.None, SoftBonOperations.Selection })
        {
            (double creation, double first, double second) = DeviceCase.Cold(options.Backend, compiled);
            string name = compiled == SoftBonOperations.None ? "at first use" : "at creation";
            cold.Add((name, creation, first, second));
        }

        var figures = new List<DeviceFigures>();
        foreach (Shape shape in ShapesOf(options))
        {
            using var work = new DeviceCase(options.Backend, shape);
            figures.AddRange(work.Measure(options.Rounds));
        }

        string folder = Path.Combine(options.Directory, BackendNames.Spell(options.Backend));
        Directory.CreateDirectory(folder);
        string text = Text(device, figures, cold);
        File.WriteAllText(Path.Combine(folder, "devices.md"), text);
        File.WriteAllText(Path.Combine(folder, "devices.json"), JsonSerializer.Serialize(figures, Json) + "\n");
        File.WriteAllText(
            Path.Combine(folder, "environment.json"), JsonSerializer.Serialize(HostEnvironment.Current(), Json) + "\n");
        Console.WriteLine(text);
        Console.WriteLine($"Written to {folder}.");
        return 0;
    }

    /// <summary>The smallest batch shows what launching and waiting cost by themselves.</summary>
    private static Shape[] ShapesOf(DeviceOptions options) => options switch
    {
        { Backend: SoftBonBackend.IlgpuCpu } => [new(1, 64)],
        { Quick: true } => [new(1, 64), new(8192, 64), new(1, 1 << 20)],
        _ => [new(1, 64), new(8192, 64), new(1 << 20, 64), new(1024, 512), new(128, 4096), new(1, 1 << 20)],
    };

    private static string Text(
        DeviceReport device,
        IEnumerable<DeviceFigures> figures,
        IEnumerable<(string Operation, double Creation, double FirstCall, double SecondCall)> cold)
    {
        var text = new StringBuilder();
        string kind = device.IsGpu ? "a GPU" : "no GPU: the kernels run on the processor";
        Line(text, $"# {device.Name} by {BackendNames.Spell(device.Backend)}");
        Line(text, $"");
        Line(text, $"{device.Version}; {kind}. Beside it simd on {Environment.ProcessorCount} processors. Microseconds, medians.");
        Line(text, $"");
        Line(text, $"| | batch | kernel | copy on the device | resident | end-to-end | simd | simd over kernel | over resident | over end-to-end |");
        Line(text, $"| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (DeviceFigures one in figures)
        {
            Line(
                text,
                $"| {one.Operation} | {one.Shape} | {Micro(one.Kernel)} | {Micro(one.Copy)} | {Micro(one.Resident)} | {Micro(one.EndToEnd)} | {Micro(one.Simd)} | {one.Simd / one.Kernel:F2} | {one.Simd / one.Resident:F2} | {one.Simd / one.EndToEnd:F2} |");
        }

        Line(text, $"");
        Line(text, $"Cold: an engine and its calls of selection at 64x64, in milliseconds.");
        Line(text, $"");
        Line(text, $"| kernels compiled | creation | first call | second call |");
        Line(text, $"| --- | ---: | ---: | ---: |");
        foreach ((string operation, double creation, double firstCall, double secondCall) in cold)
        {
            Line(text, $"| {operation} | {creation * 1e3:F1} | {firstCall * 1e3:F1} | {secondCall * 1e3:F2} |");
        }

        return text.ToString();
    }

    private static string Micro(double seconds) => (seconds * 1e6).ToString("F1", CultureInfo.InvariantCulture);

    private static void Line(StringBuilder text, FormattableString line) =>
        text.Append(FormattableString.Invariant(line)).Append('\n');
}
