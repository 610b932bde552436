using System.Globalization;

namespace SoftBoN.Server.Load;

/// <summary>
/// <c>softbon-server load</c>: clients at the server through HTTP, and requesters at the engine with and without the batcher,
/// every answer checked; on a device, the latter alone. Traffic goes to this process alone.
/// </summary>
internal static class LoadCommand
{
    private const int MostSeconds = 3600;
    private const int MostClients = 1024;

    private static readonly string[] Options = ["--seconds", "--clients", "--requesters", "--device"];

    /// <summary>Runs the command.</summary>
    /// <param name="args">--seconds N (60), --clients N (16), --requesters N (64), --device NAME.</param>
    /// <returns>0 where every answer was right.</returns>
    public static async Task<int> Run(string[] args)
    {
        int seconds = 60;
        int clients = 16;
        int requesters = 64;
        SoftBonBackend? device = null;
        for (int i = 0; i < args.Length; i += 2)
        {
            if (!Options.Contains(args[i]))
            {
                return Fail($"There is no option {args[i]}; there are {string.Join(", ", Options)}.");
            }

            if (args[i] == "--device")
            {
                device = i + 1 < args.Length ? DeviceOf(args[i + 1]) : null;
                if (device == null)
                {
                    return Fail("--device needs opencl, cuda or ilgpu-cpu.");
                }

                continue;
            }

            int most = args[i] == "--seconds" ? MostSeconds : MostClients;
            if (i + 1 == args.Length
                || !int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out int value)
                || value < 1
                || value > most)
            {
                return Fail($"{args[i]} needs a number from 1 to {most}.");
            }

            switch (args[i])
            {
                case "--seconds":
                    seconds = value;
                    break;
                case "--clients":
                    clients = value;
                    break;
                default:
                    requesters = value;
                    break;
            }
        }

        var duration = TimeSpan.FromSeconds(seconds);
        bool isRight = device != null || await HttpLoad.Run(clients, duration, Console.Out);
        isRight &= await BatcherLoad.Run(requesters, duration, Console.Out, device);
        return isRight ? 0 : 1;
    }

    private static SoftBonBackend? DeviceOf(string name) => name switch
    {
        "opencl" => SoftBonBackend.OpenCl,
        "cuda" => SoftBonBackend.Cuda,
        "ilgpu-cpu" => SoftBonBackend.IlgpuCpu,
        _ => null,
    };

    private static int Fail(string message)
    {
        Console.Error.WriteLine(message);
        return 2;
    }
}
