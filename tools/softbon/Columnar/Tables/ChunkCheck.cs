using System.Buffers;
using System.IO.Hashing;

namespace SoftBoN.Tool.Columnar.Tables;

/// <summary>Compares the bytes of column chunks with checksums: those of their pages, where the writer gave any.</summary>
internal static class ChunkCheck
{
    /// <summary>Holds any header but those with longer texts for statistics; pages with these go unchecked.</summary>
    private const int LongestHeader = 1 << 14;

    private const int Piece = 1 << 16;

    /// <summary>The CRC-32 of some bytes of a file.</summary>
    public static uint SumOf(Stream file, ChunkPlace place)
    {
        byte[] piece = ArrayPool<byte>.Shared.Rent(Piece);
        var sum = new Crc32();
        file.Position = place.Start;
        for (long left = place.Length; left > 0;)
        {
            Span<byte> part = piece.AsSpan(0, (int)Math.Min(Piece, left));
            file.ReadExactly(part);
            sum.Append(part);
            left -= part.Length;
        }

        ArrayPool<byte>.Shared.Return(piece);
        return sum.GetCurrentHashAsUInt32();
    }

    /// <summary>Checks a whole chunk.</summary>
    /// <exception cref="InvalidDataException">It has other bytes.</exception>
    public static void Whole(Stream file, ChunkPlace place, uint sum)
    {
        if (SumOf(file, place) != sum)
        {
            throw Changed(place);
        }
    }

    /// <summary>
    /// Checks the pages of a chunk that say what their checksums are. What is no page is left to whoever decodes it.
    /// </summary>
    /// <exception cref="InvalidDataException">A page has other bytes.</exception>
    public static void Pages(Stream file, ChunkPlace chunk)
    {
        byte[] text = new byte[Math.Min(LongestHeader, chunk.Length)];
        long end = chunk.Start + chunk.Length;
        for (long at = chunk.Start; at < end;)
        {
            file.Position = at;
            Span<byte> begin = text.AsSpan(0, (int)Math.Min(text.Length, end - at));
            file.ReadExactly(begin);
            if (PageHeader.Read(begin) is not { Checksum: { } sum } header || header.Bytes > end - at - header.Length)
            {
                return;
            }

            var page = new ChunkPlace(at + header.Length, header.Bytes);
            if (SumOf(file, page) != sum)
            {
                throw Changed(page);
            }

            at = page.Start + page.Length;
        }
    }

    private static InvalidDataException Changed(ChunkPlace place) => new(
        $"the {place.Length} bytes from {place.Start} on are not those that were written, by their checksum");
}
