namespace SoftBoN.Server.Http;

/// <summary>Reads a whole body of at most so many bytes, whatever the request says its length is.</summary>
internal static class BodyReader
{
    private const int FirstSize = 4096;

    /// <summary>The body, or null where it is longer.</summary>
    public static async Task<ReadOnlyMemory<byte>?> Read(HttpRequest request, int limit, CancellationToken cancellationToken)
    {
        if (request.ContentLength > limit)
        {
            return null;
        }

        // Memory grows with what has come in, not with what was announced.
        byte[] buffer = new byte[Math.Min(FirstSize, limit + 1)];
        int length = 0;
        while (await request.Body.ReadAsync(buffer.AsMemory(length), cancellationToken) is > 0 and int count)
        {
            length += count;
            if (length > limit)
            {
                return null;
            }

            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, (int)Math.Min(2L * buffer.Length, limit + 1L));
            }
        }

        return buffer.AsMemory(0, length);
    }
}
