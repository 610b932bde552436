using System.Globalization;

namespace SoftBoN.Tool.Columnar.Tables;

/// <summary>
/// Checksums of a file's column chunks, as our own writer leaves them in the file's metadata: the library can write none into
/// the pages. Each stands beside the place of its chunk, since other programs copy metadata into files that they write anew.
/// </summary>
/// <param name="chunks">The chunks by row groups, and then by columns.</param>
internal sealed class ChunkSums(IReadOnlyList<ChunkSum> chunks)
{
    /// <summary>The key of the file's metadata.</summary>
    public const string Key = "softbon.crc32";

    /// <summary>What a file's metadata says; null where it says nothing, or speaks of another file.</summary>
    /// <param name="metadata">The metadata.</param>
    /// <param name="places">Where the file's chunks are.</param>
    public static ChunkSums? Of(IReadOnlyDictionary<string, string> metadata, IReadOnlyList<ChunkPlace> places)
    {
        if (!metadata.TryGetValue(Key, out string? text))
        {
            return null;
        }

        ChunkSum?[] sums = [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(ChunkSum.Parse)];
        bool areOurs = sums.Length == places.Count && sums.Zip(places).All(pair => pair.First?.Place == pair.Second);
        return areOurs ? new ChunkSums([.. sums.OfType<ChunkSum>()]) : null;
    }

    /// <summary>The checksum of a chunk.</summary>
    public uint this[int chunk] => chunks[chunk].Sum;

    public override string ToString() => string.Join(' ', chunks);
}

/// <summary>Where a column chunk is in its file, in bytes.</summary>
internal readonly record struct ChunkPlace(long Start, long Length);

/// <summary>The checksum of a column chunk.</summary>
internal sealed record ChunkSum(ChunkPlace Place, uint Sum)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Place.Start:x}-{Place.Length:x}-{Sum:x8}");

    public static ChunkSum? Parse(string text)
    {
        string[] parts = text.Split('-');
        return parts.Length == 3
            && Hex(parts[0], out ulong start)
            && Hex(parts[1], out ulong length)
            && Hex(parts[2], out ulong sum)
            && sum <= uint.MaxValue
            ? new ChunkSum(new ChunkPlace((long)start, (long)length), (uint)sum)
            : null;
    }

    private static bool Hex(string text, out ulong value) =>
        ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
}
