using System.Globalization;
using System.IO.Hashing;
using Parquet;
using Parquet.Schema;
using SoftBoN.Tool.Columnar.Tables;
using ColumnMetaData = Parquet.Meta.ColumnMetaData;

namespace SoftBoN.Tool.Tests.Columnar;

/// <summary>Changed bytes of stored columns are noticed where a file has checksums: those of pages, or our own.</summary>
public class ChecksumTests
{
    private const int Rows = 40;

    [Theory]
    [InlineData("checksums-v1.parquet")]
    [InlineData("checksums-v2.parquet")]
    public void Changed_bits_of_pages_with_checksums_are_noticed(string name)
    {
        using var folder = new WorkFolder();
        byte[] bytes = Save(folder, name);
        ColumnMetaData chunk = ChunkOf(bytes, 1, "rewards");
        var place = new ChunkPlace(Begin(chunk), chunk.TotalCompressedSize);
        ChunkCheck.Pages(new MemoryStream(bytes), place);

        int noticed = 0;
        for (long at = place.Start; at < place.Start + place.Length; at++)
        {
            bytes[at] ^= 1;
            try
            {
                ChunkCheck.Pages(new MemoryStream(bytes), place);
            }
            catch (InvalidDataException)
            {
                noticed++;
            }

            bytes[at] ^= 1;
        }

        // Headers, of which so small pages have much, have no checksums.
        Assert.InRange((double)noticed / place.Length, 0.4, 0.95);
    }

    [Fact]
    public void A_changed_bit_loses_its_row_group_alone()
    {
        using var folder = new WorkFolder();
        byte[] bytes = Save(folder, "checksums-v1.parquet");
        Assert.Equal(("", 0), Outcome(Run(folder)));
        ColumnMetaData chunk = ChunkOf(bytes, 1, "rewards");
        bytes[Begin(chunk) + chunk.TotalCompressedSize - 2] ^= 1;
        File.WriteAllBytes(folder["in.parquet"], bytes);

        ToolResult run = Run(folder);

        AssertLost(run);
        Assert.Contains("not those that were written, by their checksum", run.Error);
    }

    [Fact]
    public void A_page_whose_end_was_never_written_loses_its_row_group_alone()
    {
        using var folder = new WorkFolder();
        byte[] bytes = Save(folder, "checksums-v1.parquet");
        ColumnMetaData chunk = ChunkOf(bytes, 1, "rewards");
        int half = (int)(chunk.TotalCompressedSize / 2);
        bytes.AsSpan((int)Begin(chunk) + half, half).Clear();
        File.WriteAllBytes(folder["in.parquet"], bytes);

        AssertLost(Run(folder));
    }

    [Fact]
    public void What_the_library_cannot_read_is_not_called_broken()
    {
        using var folder = new WorkFolder();
        Save(folder, "checksums-v2.parquet");

        ToolResult run = Run(folder);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("row group 1, column rewards: it cannot be read, it is of a form that is not read here", run.Error);
        Assert.Contains("\"id\":\"p079\"", run.Lines[^1]);
    }

    /// <summary>Our writer gives the library's pages no checksums, and sums up their bytes.</summary>
    [Fact]
    public void Every_byte_of_our_own_files_counts()
    {
        using var folder = new WorkFolder();
        Save(folder, "checksums-v1.parquet");
        Tool.Run("", "generate", "--prompts", "70000", "--output", folder["in.parquet"]);
        byte[] whole = File.ReadAllBytes(folder["in.parquet"]);
        ColumnMetaData chunk = ChunkOf(whole, 1, "rewards");
        for (int i = 0; i < 8; i++)
        {
            byte[] bytes = [.. whole];
            bytes[Begin(chunk) + (i * (chunk.TotalCompressedSize - 1) / 7)] ^= 0x10;
            File.WriteAllBytes(folder["in.parquet"], bytes);
            ToolResult run = Tool.Select("", "--input", folder["in.parquet"], "--output", folder["out.parquet"], "--picks-only");

            Assert.Equal(2, run.ExitCode);
            Assert.Matches("in.parquet, row group 1, column rewards: .* not those that were written", run.Error);
            Assert.Contains("1 row group is lost", run.Error);
        }
    }

    /// <summary>Programs that rewrite a file copy what it says of itself; the sums are then another file's.</summary>
    [Fact]
    public void Sums_of_another_file_count_for_nothing()
    {
        using var folder = new WorkFolder();
        Tool.Run("", "generate", "--prompts", "100", "--candidates", "4", "--output", folder["first.parquet"]);
        string sums = Metadata(folder["first.parquet"])[ChunkSums.Key];
        var prompt = new DataField<string>("prompt");
        var reward = new DataField<float>("reward");
        PanelFiles.Write(folder["in.parquet"], [prompt, reward], async writer =>
        {
            writer.CustomMetadata = new Dictionary<string, string> { [ChunkSums.Key] = sums };
            using ParquetRowGroupWriter rows = writer.CreateRowGroup();
            await rows.WriteAsync(prompt, new[] { "a", "a" });
            await rows.WriteAsync<float>(reward, new[] { 1f, 2f });
        });

        Assert.Equal(("", 0), Outcome(Run(folder)));
    }

    [Fact]
    public void Sums_are_those_of_the_bytes_of_each_chunk()
    {
        using var folder = new WorkFolder();
        Tool.Run("", "generate", "--prompts", "70000", "--output", folder["in.parquet"]);
        byte[] bytes = File.ReadAllBytes(folder["in.parquet"]);
        string[] sums = Metadata(folder["in.parquet"])[ChunkSums.Key].Split(' ');

        string SumOf(int group, string column)
        {
            ColumnMetaData chunk = ChunkOf(bytes, group, column);
            uint sum = Crc32.HashToUInt32(bytes.AsSpan((int)Begin(chunk), (int)chunk.TotalCompressedSize));
            return string.Create(CultureInfo.InvariantCulture, $"{Begin(chunk):x}-{chunk.TotalCompressedSize:x}-{sum:x8}");
        }

        Assert.Equal([SumOf(0, "prompt"), SumOf(0, "rewards"), SumOf(1, "prompt"), SumOf(1, "rewards")], sums);
    }

    /// <summary>Whatever stands where a page should begin.</summary>
    [Fact]
    public void No_bytes_confuse_the_reader_of_headers()
    {
        var random = new Random(49);
        byte[] bytes = new byte[200];
        for (int i = 0; i < 200_000; i++)
        {
            random.NextBytes(bytes);
            for (int j = 0; j < 8; j++)
            {
                // Fields that begin like those of a header get further than noise.
                bytes[random.Next(16)] = (byte)(random.Next(1, 4) << 4 | random.Next(13));
            }

            if (PageHeader.Read(bytes.AsSpan(0, random.Next(bytes.Length))) is { } header)
            {
                Assert.InRange(header.Length, 1, bytes.Length);
                Assert.True(header.Bytes >= 0);
            }
        }
    }

    /// <summary>Written by hand: type 0, sizes 21 and 17, a checksum, a data page's header of four numbers, and a byte behind.</summary>
    [Fact]
    public void A_header_says_size_and_checksum()
    {
        byte[] header =
        [
            0x15, 0x00, 0x15, 0x2A, 0x15, 0x22,
            0x15, .. Zigzag(unchecked((int)0xDEADBEEF)),
            0x1C, 0x15, 0x06, 0x15, 0x00, 0x15, 0x06, 0x15, 0x06, 0x00,
            0x00, 0xFF,
        ];

        Assert.Equal(new PageHeader(header.Length - 1, 17, 0xDEADBEEF), PageHeader.Read(header));
        Assert.Null(PageHeader.Read(header.AsSpan(0, 9)));
    }

    private static byte[] Zigzag(int value)
    {
        uint bits = (uint)((value << 1) ^ (value >> 31));
        var bytes = new List<byte>();
        for (; bits >= 0x80; bits >>= 7)
        {
            bytes.Add((byte)(bits | 0x80));
        }

        return [.. bytes, (byte)bits];
    }

    private static byte[] Save(WorkFolder folder, string name)
    {
        using Stream resource = typeof(ChecksumTests).Assembly.GetManifestResourceStream(name)!;
        using (FileStream file = File.Create(folder["in.parquet"]))
        {
            resource.CopyTo(file);
        }

        return File.ReadAllBytes(folder["in.parquet"]);
    }

    private static ToolResult Run(WorkFolder folder) => Tool.Select("", "--input", folder["in.parquet"]);

    private static (string Error, int ExitCode) Outcome(ToolResult run) => (run.Error, run.ExitCode);

    private static void AssertLost(ToolResult run)
    {
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("in.parquet, row group 1, column rewards: it cannot be read", run.Error);
        Assert.Equal(2 * Rows, run.Lines.Length);
        Assert.All(run.Lines[..Rows], line => Assert.Contains("\"status\":\"ok\"", line));
        Assert.All(run.Lines[Rows..], line => Assert.Contains("\"status\":\"unreadable\"", line));
    }

    private static long Begin(ColumnMetaData chunk) => Math.Min(chunk.DictionaryPageOffset ?? long.MaxValue, chunk.DataPageOffset);

    private static ColumnMetaData ChunkOf(byte[] bytes, int group, string column)
    {
        using var stream = new MemoryStream(bytes, writable: false);
        ParquetReader reader = ParquetReader.CreateAsync(stream).GetAwaiter().GetResult();
        return reader.Metadata!.RowGroups[group].Columns.First(c => c.MetaData!.PathInSchema[0] == column).MetaData!;
    }

    private static IReadOnlyDictionary<string, string> Metadata(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return ParquetReader.CreateAsync(stream).GetAwaiter().GetResult().CustomMetadata;
    }
}
