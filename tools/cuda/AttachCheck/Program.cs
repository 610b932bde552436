using System.Runtime.InteropServices;
using SoftBoN.AttachCheck;
using SoftBoN.Kernels;
using SoftBoN.Kernels.Cuda;

// attach-check [bits|graph|overhead]...: attached calls on a GPU; all of them where none is named. Ends with 3 without a driver.
if (!NativeLibrary.TryLoad("libcuda.so.1", out _))
{
    Console.WriteLine("libcuda.so.1 was not found: there is nothing to attach to.");
    return 3;
}

using var host = new CudaHost();
using var cuda = SoftBonCuda.Attach(host.Context, host.Stream);
using var engine = SoftBonEngine.CreateHost(new SoftBonOptions());
string[] wanted = args.Length > 0 ? args : ["bits", "graph", "overhead"];
var differences = new List<string>();
foreach (string step in wanted)
{
    switch (step)
    {
        case "bits":
            differences.AddRange(Bits.Differences(host, cuda, engine, Bits.Shapes, prompts: 100, dimension: 1024));
            break;
        case "graph":
            differences.AddRange(Replays.Differences(host, cuda, engine, count: 1000, shape: (16, 32_000)));
            break;
        case "overhead":
            Overhead.Print(host, cuda);
            break;
        default:
            Console.Error.WriteLine($"There is no step '{step}'; there are bits, graph and overhead.");
            return 2;
    }

    Console.WriteLine($"{step}: {differences.Count} differences so far");
}

differences.ForEach(Console.Error.WriteLine);
return differences.Count == 0 ? 0 : 1;
