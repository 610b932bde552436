using System.Diagnostics;
using SoftBoN.Tool.Host;

namespace SoftBoN.Tool.Cluster.Measure;

/// <summary>A silo as a process of its own on this machine, for as long as it is not disposed.</summary>
internal sealed class SiloProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private bool _isDisposed;
    private string _said = "";

    private SiloProcess(Process process, int gatewayPort)
    {
        (_process, GatewayPort) = (process, gatewayPort);
        process.ErrorDataReceived += (_, line) => _said = line.Data ?? _said;
        process.BeginErrorReadLine();
    }

    public int GatewayPort { get; }

    /// <summary>Processor time that it has used.</summary>
    public TimeSpan CpuTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts one and waits until it takes calls.</summary>
    /// <param name="siloPort">For other silos.</param>
    /// <param name="gatewayPort">For clients.</param>
    /// <param name="options">Further options, such as --join.</param>
    /// <exception cref="FaultException">It does not start.</exception>
    public static SiloProcess Start(int siloPort, int gatewayPort, params string[] options) =>
        Start(siloPort, gatewayPort, new Dictionary<string, string>(), options);

    /// <summary>The same with variables in its environment.</summary>
    public static SiloProcess Start(
        int siloPort, int gatewayPort, IReadOnlyDictionary<string, string> environment, params string[] options)
    {
        string dotnet = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet";
        string tool = typeof(SiloProcess).Assembly.Location;
        string[] ports = ["--port", $"{siloPort}", "--gateway-port", $"{gatewayPort}"];
        var start = new ProcessStartInfo(dotnet, [tool, "cluster", "run", .. ports, .. options])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        Process process = Process.Start(start)!;
        var silo = new SiloProcess(process, gatewayPort);
        if (process.StandardOutput.ReadLineAsync().WaitAsync(Patience).GetAwaiter().GetResult() is null)
        {
            process.WaitForExit();
            silo.Dispose();
            throw new FaultException($"a silo at port {siloPort} did not start: {silo._said}");
        }

        return silo;
    }

    /// <summary>Ends it as a crash would.</summary>
    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
