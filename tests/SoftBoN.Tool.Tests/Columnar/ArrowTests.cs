using Apache.Arrow;
using Apache.Arrow.Compression;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;
using SoftBoN.Tool.Host;

namespace SoftBoN.Tool.Tests.Columnar;

/// <summary>Arrow files and streams have what the same rows have as Parquet and as JSON Lines.</summary>
public class ArrowTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Arrow_in_and_out_gives_the_same(bool isLong)
    {
        using var folder = new WorkFolder();
        PanelPrompt[] prompts = Panel.Prompts(150, seed: 44);
        SelectColumnsTests.Write(folder, prompts, isLong, 40, 1);
        string[] through = ["--input", folder["in/part-0.parquet"], "--output", folder["through.arrow"], "--annotate"];
        Tool.Select("", [.. through, "--draws", "1"]);

        ToolResult lines = Tool.Select("", "--input", folder["through.arrow"], "--majority", "--elements-from-ids", "--weights");
        Tool.Select("", "--input", folder["through.arrow"], "--output", folder["out.arrow"], "--keep-columns", "weight,picked");
        Tool.Select("", "--input", folder["through.arrow"], "--output", folder["out.parquet"]);

        Assert.Equal(("", 0), (lines.Error, lines.ExitCode));
        Assert.Equal(
            Tool.Select(Panel.Json(prompts), "--majority", "--elements-from-ids", "--weights").Output, lines.Output);
        SelectColumnsTests.AssertSame(Tool.Select(Panel.Json(prompts)).Lines, PanelFiles.Read(folder["out.parquet"]));
    }

    [Fact]
    public void A_broken_arrow_file_is_named()
    {
        using var folder = new WorkFolder();
        File.WriteAllText(folder["in.arrow"], "no arrow at all, but long enough to look for an index at the end");

        ToolResult run = Tool.Select("", "--input", folder["in.arrow"]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("in.arrow: the file cannot be read", run.Error);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Streams_in_and_out_give_the_same(bool isLong)
    {
        using var folder = new WorkFolder();
        PanelPrompt[] prompts = Panel.Prompts(150, seed: 45);
        SelectColumnsTests.Write(folder, prompts, isLong, 40, 1);
        string[] annotated = ["select", "--lambda", "0.1", "--seed", "42", "--annotate", "--input", folder["in/part-0.parquet"]];
        using var output = new MemoryStream();
        var host = new ToolHost { Input = Stream.Null, Output = output, Error = TextWriter.Null };
        ToolApp.Run([.. annotated, "--output-format", "arrow"], host);
        byte[] stream = output.ToArray();
        Tool.Run("", [.. annotated, "--output", folder["through.arrows"]]);

        Assert.Equal(File.ReadAllBytes(folder["through.arrows"]), stream);
        string[] options = ["select", "--lambda", "0.1", "--seed", "42", "--majority", "--elements-from-ids", "--weights"];
        string expected = Tool.Run(Panel.Json(prompts), options).Output;
        Assert.Equal(expected, Tool.Run(stream, [.. options, "--input-format", "arrow"]).Output);
        Assert.Equal(expected, Tool.Run("", [.. options, "--input", folder["through.arrows"]]).Output);
        string halves = Tool.Run("", [.. options, "--input", folder["through.arrows"], "--shard", "1/2"]).Output
            + Tool.Run("", [.. options, "--input", folder["through.arrows"], "--shard", "2/2"]).Output;
        Assert.Equal(expected, halves);
    }

    [Fact]
    public void A_stream_that_is_cut_short_is_named()
    {
        using var folder = new WorkFolder();
        SelectColumnsTests.Write(folder, Panel.Prompts(50, seed: 46), isLong: true, 40, 1);
        Tool.Select("", "--input", folder["in/part-0.parquet"], "--annotate", "--output", folder["in.arrows"]);
        byte[] bytes = File.ReadAllBytes(folder["in.arrows"]);
        File.WriteAllBytes(folder["in.arrows"], bytes[..(bytes.Length / 2)]);

        ToolResult run = Tool.Select("", "--input", folder["in.arrows"]);

        Assert.Equal(2, run.ExitCode);
        Assert.Matches("in.arrows: the file cannot be read.*goes beyond the end", run.Error);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Texts_in_a_dictionary_are_read(bool isStream)
    {
        using var folder = new WorkFolder();
        var type = new DictionaryType(Int8Type.Default, StringType.Default, false);
        Schema schema = new([new Field("prompt", type, true), new Field("reward", FloatType.Default, true)], null);
        StringArray names = new StringArray.Builder().Append("b").Append("a").Build();
        Int8Array codes = new Int8Array.Builder().Append(0).Append(0).Append(1).AppendNull().Build();
        FloatArray rewards = new FloatArray.Builder().Append(1).Append(3).Append(2).Append(5).Build();
        using (FileStream file = File.Create(folder["in.arrow"]))
        {
            using ArrowStreamWriter writer = isStream ? new(file, schema, leaveOpen: false) : new ArrowFileWriter(file, schema, leaveOpen: false);
            writer.WriteRecordBatch(new RecordBatch(schema, [new DictionaryArray(type, codes, names), rewards], 4));
            writer.WriteEnd();
        }

        ToolResult run = Tool.Select("", "--input", folder["in.arrow"]);

        Assert.Equal(Tool.Select("""{"id":"b","rewards":[1,3]}""" + "\n" + """{"id":"a","rewards":[2]}""").Lines, run.Lines[..2]);
        Assert.Contains("the prompt is null", run.Lines[2]);
    }

    /// <summary>What other programs write without being asked: lists and texts with long offsets, views, compressed.</summary>
    [Theory]
    [InlineData(CompressionCodecType.Lz4Frame)]
    [InlineData(CompressionCodecType.Zstd)]
    public void Compressed_buffers_and_large_texts_are_read(CompressionCodecType codec)
    {
        using var folder = new WorkFolder();
        const int Rows = 100;
        var prompt = new StringArray.Builder();
        var candidate = new StringViewArray.Builder();
        var reward = new DoubleArray.Builder();
        var lines = new List<string>();
        for (int i = 0; i < Rows; i++)
        {
            prompt.Append($"p{i / 10}");
            candidate.Append($"a rather long name of candidate {i}");
            reward.Append(i * 7 % 10);
        }

        for (int p = 0; p < Rows / 10; p++)
        {
            lines.Add($$"""{"id":"p{{p}}","candidates":[{{string.Join(',', Enumerable.Range(10 * p, 10)
                .Select(i => $$"""{"id":"a rather long name of candidate {{i}}","reward":{{i * 7 % 10}}}"""))}}]}""");
        }

        Schema schema = new(
            [
                new Field("prompt", StringType.Default, true),
                new Field("candidate", StringViewType.Default, true),
                new Field("reward", DoubleType.Default, true),
            ],
            null);
        using (FileStream file = File.Create(folder["in.feather"]))
        {
            var options = new IpcOptions { CompressionCodec = codec, CompressionCodecFactory = new CompressionCodecFactory() };
            using var writer = new ArrowFileWriter(file, schema, leaveOpen: false, options);
            writer.WriteStart();
            writer.WriteRecordBatch(new RecordBatch(schema, [prompt.Build(), candidate.Build(), reward.Build()], Rows));
            writer.WriteEnd();
        }

        ToolResult run = Tool.Select("", "--input", folder["in.feather"]);

        Assert.Equal(("", 0), (run.Error, run.ExitCode));
        Assert.Equal(Tool.Select(string.Join('\n', lines)).Output, run.Output);
    }
}
