using System.Net;
using System.Net.Sockets;
using SoftBoN.Tool.Host;

namespace SoftBoN.Tool.Cluster;

/// <summary>Ports of this machine.</summary>
internal static class Ports
{
    private const int Tries = 1000;

    /// <summary>The port that was asked for, or the first that is free from a number on.</summary>
    public static int Choose(IPAddress address, string option, int? asked, int first)
    {
        if (asked is { } port)
        {
            return IsFree(address, port) ? port : throw Taken(address, option, port);
        }

        for (int number = first; number < first + Tries; number++)
        {
            if (IsFree(address, number))
            {
                return number;
            }
        }

        throw Taken(address, option, first + Tries - 1);
    }

    private static FaultException Taken(IPAddress address, string option, int port) => new(
        $"port {port} of {address} is taken, or the address is not of this machine; give {option} another port, and to join a "
        + "silo that runs here --join localhost");

    private static bool IsFree(IPAddress address, int port)
    {
        using var listener = new TcpListener(address, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
