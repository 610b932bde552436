using SoftBoN.Kernels.Bench.Compare;

namespace SoftBoN.Kernels.Bench;

internal static class Program
{
    private static int Main(string[] args)
    {
        switch (args is [var first, ..] ? first : "")
        {
            case CompareCommand.Name:
                return CompareCommand.Run(args);
            case ChildProcess.Command:
                return ChildProcess.Run(args.AsSpan(1));
            default:
                return 1;
        }
    }
}
