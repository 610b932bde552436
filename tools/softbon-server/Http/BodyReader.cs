using System.Buffers;
using System.IO.Pipelines;

namespace SoftBoN.Server.Http;

/// <summary>Reads a whole body of at most so many bytes, whatever the request says its length is.</summary>
internal static class BodyReader
{
    private const int FirstSize = 4096;

    /// <summary>The body, or null where it is longer.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled before all of it was there.</exception>
    public static async Task<ReadOnlyMemory<byte>?> Read(HttpRequest request, int limit, CancellationToken cancellationToken)
    {
        if (request.ContentLength > limit)
        {
            return null;
        }

        // A token passed to a read leaves it under way, which the server's own end of the request takes for a fault.
        PipeReader reader = request.BodyReader;
        using CancellationTokenRegistration cancelling = cancellationToken.UnsafeRegister(
            static state => ((PipeReader)state!).CancelPendingRead(), reader);

        // Memory grows with what has come in, not with what was announced.
        byte[] buffer = new byte[Math.Min(FirstSize, limit)];
        int length = 0;
        while (true)
        {
            ReadResult read = await reader.ReadAsync(CancellationToken.None);
            if (read.IsCanceled)
            {
                reader.AdvanceTo(read.Buffer.End);
                throw new OperationCanceledException(cancellationToken);
            }

            long total = length + read.Buffer.Length;
            if (total > limit)
            {
                reader.AdvanceTo(read.Buffer.End);
                return null;
            }

            if (total > buffer.Length)
            {
                Array.Resize(ref buffer, (int)Math.Min(Math.Max(2L * buffer.Length, total), limit));
            }

            read.Buffer.CopyTo(buffer.AsSpan(length));
            length = (int)total;
            reader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                return buffer.AsMemory(0, length);
            }
        }
    }
}
