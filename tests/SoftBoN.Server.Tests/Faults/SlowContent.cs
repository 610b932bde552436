using System.Net;

namespace SoftBoN.Server.Tests.Faults;

/// <summary>A body whose second half is sent when somebody says so.</summary>
internal sealed class SlowContent : HttpContent
{
    private readonly byte[] body;
    private readonly Task rest;

    public SlowContent(byte[] body, Task rest)
    {
        (this.body, this.rest) = (body, rest);
        Headers.ContentType = new("application/json");
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        int half = body.Length / 2;
        await stream.WriteAsync(body.AsMemory(0, half));
        await stream.FlushAsync();
        await rest;
        await stream.WriteAsync(body.AsMemory(half));
    }

    protected override bool TryComputeLength(out long length)
    {
        length = body.Length;
        return true;
    }
}
