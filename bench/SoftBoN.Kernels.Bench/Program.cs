using BenchmarkDotNet.Running;
using SoftBoN.Kernels.Bench.Compare;
using SoftBoN.Kernels.Bench.Devices;
using SoftBoN.Kernels.Bench.Price;
using SoftBoN.Kernels.Bench.Setup;
using SoftBoN.Kernels.Bench.Work;

namespace SoftBoN.Kernels.Bench;

/// <summary>The comparison in turn or the measurement of a device where one is asked for; otherwise BenchmarkDotNet with its own arguments.</summary>
internal static class Program
{
    private const string Project = "bench/SoftBoN.Kernels.Bench";

    private static int Main(string[] args)
    {
        try
        {
            return Run(args);
        }
        catch (ArgumentException exception)
        {
            Console.Error.WriteLine(exception.Message);
            return 2;
        }
    }

    private static int Run(string[] args)
    {
        switch (args is [var first, ..] ? first : "")
        {
            case CompareCommand.Name:
                return new CompareCommand(Catalogue.Cases, CompareCommand.Name, Project).Run(args.AsSpan(1));
            case PriceCatalogue.Name:
                return new CompareCommand(PriceCatalogue.Cases(), PriceCatalogue.Name, Project).Run(args.AsSpan(1));
            case DeviceCommand.Name:
                return DeviceCommand.Run(args.AsSpan(1));
            case InputCommand.Name:
                return InputCommand.Run(args.AsSpan(1));
            case RenderCommand.Name:
                return RenderCommand.Run(args.AsSpan(1));
            default:
                bool isolated = args.Contains(BenchConfig.Isolated);
                string[] rest = [.. args.Where(a => a != BenchConfig.Isolated)];
                var summaries = BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly)
                    .Run(rest, BenchConfig.Of(isolated));
                return summaries.All(s => !s.HasCriticalValidationErrors && s.Reports.All(r => r.Success)) ? 0 : 1;
        }
    }
}
