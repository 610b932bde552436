using System.Globalization;
using System.Net;
using System.Net.Sockets;
using SoftBoN.Tool.Host;

namespace SoftBoN.Tool.Cluster;

/// <summary>Addresses of silos, as people write them.</summary>
internal static class Endpoints
{
    /// <summary>Where silos hear each other unless they are told otherwise.</summary>
    public const int SiloPort = 11111;

    /// <summary>Where silos hear clients unless they are told otherwise.</summary>
    public const int GatewayPort = 30000;

    public const int MostPort = 65535;

    /// <summary>All addresses of a list such as <c>10.0.0.1,silo-2:30001,[::1]:30000</c>: a name may have several.</summary>
    public static IPEndPoint[] ResolveAll(string option, string list, int port)
    {
        string[] texts = list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return texts.Length > 0
            ? [.. texts.SelectMany(text => Resolve(option, text, port)).Distinct()]
            : throw new FaultException($"{option} names nobody; write it like localhost, or 10.0.0.1:30000,10.0.0.2:30000");
    }

    /// <summary>The addresses of a host, with the port that is written behind it or else the one given.</summary>
    public static IPEndPoint[] Resolve(string option, string text, int port)
    {
        if (IPAddress.TryParse(text, out IPAddress? address))
        {
            return [new IPEndPoint(address, port)];
        }

        int colon = text.LastIndexOf(':');
        string host = colon < 0 ? text : text[..colon];
        if (colon >= 0
            && !(int.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out port)
                && port is > 0 and <= MostPort))
        {
            throw new FaultException($"{option} {text} has no port; it has to be HOST or HOST:PORT, the port 1 to {MostPort}");
        }

        return [.. AddressesOf(option, host.Trim('[', ']')).Select(one => new IPEndPoint(one, port))];
    }

    /// <summary>The address of this machine that a name or an address means.</summary>
    public static IPAddress ResolveOne(string option, string host) => AddressesOf(option, host)[0];

    /// <summary>Those of version 4, on which silos listen unless told otherwise, where there are any.</summary>
    private static IPAddress[] AddressesOf(string option, string host)
    {
        try
        {
            IPAddress[] all = Dns.GetHostAddresses(host);
            IPAddress[] fourth = [.. all.Where(address => address.AddressFamily == AddressFamily.InterNetwork)];
            return fourth.Length > 0 ? fourth : all;
        }
        catch (Exception fault) when (fault is SocketException or ArgumentException)
        {
            throw new FaultException($"{option} {host}: the host is not known here ({fault.Message}); give its address", fault);
        }
    }
}
