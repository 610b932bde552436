namespace SoftBoN.Kernels.Bench.Devices;

/// <summary>What the measurement of a device is asked to do.</summary>
/// <param name="Backend">The device backend.</param>
/// <param name="Directory">Where a folder named after the backend is put.</param>
/// <param name="Quick">Fewer rounds and shapes.</param>
internal sealed record DeviceOptions(SoftBonBackend Backend, string Directory, bool Quick)
{
    public const string Usage = "devices --backend cuda|opencl|ilgpu-cpu [--quick] [--out DIR]";

    /// <summary>Rounds in which every contender is timed once.</summary>
    public int Rounds => Quick ? 7 : 25;

    public static DeviceOptions Parse(ReadOnlySpan<string> args)
    {
        var options = new DeviceOptions(SoftBonBackend.Auto, Path.Combine("artifacts", "bench"), false);
        for (int i = 0; i < args.Length; i++)
        {
            string value = i + 1 < args.Length ? args[i + 1] : "";
            switch (args[i])
            {
                case "--quick":
                    options = options with { Quick = true };
                    continue;
                case "--out" when value.Length > 0:
                    options = options with { Directory = value };
                    break;
                case "--backend":
                    options = options with { Backend = BackendOf(value) };
                    break;
                default:
                    throw new ArgumentException($"'{args[i]}' is not an option or has no value; usage: {Usage}");
            }

            i++;
        }

        return options.Backend == SoftBonBackend.Auto
            ? throw new ArgumentException($"--backend is missing; usage: {Usage}")
            : options;
    }

    private static SoftBonBackend BackendOf(string name) => name switch
    {
        "cuda" => SoftBonBackend.Cuda,
        "opencl" => SoftBonBackend.OpenCl,
        "ilgpu-cpu" => SoftBonBackend.IlgpuCpu,
        _ => throw new ArgumentException($"'{name}' is no device backend; usage: {Usage}"),
    };
}
