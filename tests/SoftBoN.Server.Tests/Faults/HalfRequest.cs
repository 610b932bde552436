using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SoftBoN.Server.Tests.Faults;

/// <summary>A request of which no more is sent than somebody says; where it is disposed, the server is told so at once.</summary>
internal sealed class HalfRequest : IDisposable
{
    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
    {
        LingerState = new LingerOption(true, 0),
    };

    private HalfRequest()
    {
    }

    /// <summary>Up to the beginning of its body.</summary>
    public static Task<HalfRequest> WithinBody(LiveApp live) => Start(
        live,
        "POST /v1/select HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{\"rewards\":[");

    /// <summary>Up to the middle of a header.</summary>
    public static Task<HalfRequest> WithinHeaders(LiveApp live) =>
        Start(live, "POST /v1/select HTTP/1.1\r\nHost: 127.0.0.1\r\nConte");

    /// <summary>All that a client has to say, whether or not it is a request.</summary>
    public static Task<HalfRequest> Of(LiveApp live, string text) => Start(live, text);

    public async Task Send(string more) => await socket.SendAsync(Encoding.ASCII.GetBytes(more));

    /// <summary>What comes back until the server closes the connection or breaks it off.</summary>
    public async Task<string> Answer()
    {
        byte[] buffer = new byte[4096];
        var answer = new StringBuilder();
        try
        {
            while (await socket.ReceiveAsync(buffer) is > 0 and int count)
            {
                answer.Append(Encoding.UTF8.GetString(buffer, 0, count));
            }
        }
        catch (SocketException)
        {
            // Broken off: what came before counts.
        }

        return answer.ToString();
    }

    public void Dispose() => socket.Dispose();

    private static async Task<HalfRequest> Start(LiveApp live, string beginning)
    {
        var request = new HalfRequest();
        await request.socket.ConnectAsync(IPAddress.Loopback, live.Client.BaseAddress!.Port);
        await request.Send(beginning);
        return request;
    }
}
