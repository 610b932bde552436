using System.Net;
using System.Net.Sockets;
using SoftBoN.Tool.Cluster.Measure;

namespace SoftBoN.Tool.Tests.Cluster;

/// <summary>Silos as processes, the first of which keeps the table; disposing kills them.</summary>
public sealed class Silos : IDisposable
{
    private readonly List<SiloProcess> _silos = [];
    private readonly int _firstPort = FreePort();

    public Silos()
        : this(3)
    {
    }

    internal Silos(int count)
    {
        for (int i = 0; i < count; i++)
        {
            Add();
        }
    }

    /// <summary>What --cluster has to say: the first silo, by which clients find the others.</summary>
    public string Address => Of(0);

    /// <summary>The address of one of them.</summary>
    public string Of(int silo) => $"127.0.0.1:{_silos[silo].GatewayPort}";

    /// <summary>Starts one more.</summary>
    public void Add() => _silos.Add(_silos.Count == 0
        ? SiloProcess.Start(_firstPort, FreePort())
        : SiloProcess.Start(FreePort(), FreePort(), "--join", $"127.0.0.1:{_firstPort}"));

    /// <summary>Ends one as a crash would.</summary>
    public void Kill(int silo) => _silos[silo].Dispose();

    public void Dispose() => _silos.ForEach(silo => silo.Dispose());

    /// <summary>A port that nobody listens to.</summary>
    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
