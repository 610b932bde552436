using SoftBoN.Kernels.Bench.Compare;

namespace SoftBoN.Kernels.Peers;

/// <summary>What users would pick instead, beside ours, in turn: the comparison of the benchmarks on other cases.</summary>
internal static class Program
{
    private const string Name = "peers";
    private const string Project = "bench/SoftBoN.Kernels.Peers";

    private static int Main(string[] args)
    {
        try
        {
            return args is [Name, ..]
                ? new CompareCommand(PeerCatalogue.Cases, Name, Project).Run(args.AsSpan(1))
                : throw new ArgumentException($"Usage: {CompareOptions.Usage}");
        }
        catch (ArgumentException exception)
        {
            Console.Error.WriteLine(exception.Message);
            return 2;
        }
    }
}
