using System.Text.Json;

namespace SoftBoN.Kernels.Bench.Devices;

/// <summary>Times the kernels on batches that other programs measure too, read from their files.</summary>
internal static class InputCommand
{
    public const string Name = "inputs";

    private const string Usage = "inputs --backend cuda|opencl|ilgpu-cpu --inputs DIR [--quick] --out FILE";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static int Run(ReadOnlySpan<string> args)
    {
        string inputs = "";
        string output = "";
        var others = new List<string>();
        for (int i = 0; i < args.Length; i++)
        {
            string value = i + 1 < args.Length ? args[i + 1] : "";
            bool isInputs = args[i] == "--inputs";
            if (isInputs || args[i] == "--out")
            {
                (inputs, output) = isInputs ? (value, output) : (inputs, value);
                i++;
            }
            else
            {
                others.Add(args[i]);
            }
        }

        if (inputs.Length == 0 || output.Length == 0)
        {
            throw new ArgumentException($"--inputs or --out is missing; usage: {Usage}");
        }

        var options = DeviceOptions.Parse([.. others]);
        using var device = new KernelDevice(options.Backend, device: 0);
        var figures = new List<object>();
        foreach (InputFiles files in InputFiles.In(inputs))
        {
            using var one = new InputCase(device, files);
            double kernel = one.Measure(options.Rounds);
            figures.Add(new { files.Operation, Shape = files.Shape.ToString(), Kernel = kernel });
            Console.WriteLine($"{files.Operation} {files.Shape}: {kernel * 1e6:F1} us");
        }

        File.WriteAllText(output, JsonSerializer.Serialize(figures, Json) + "\n");
        return 0;
    }
}
