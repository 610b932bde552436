using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;
using Parquet;
using Parquet.Schema;
using SoftBoN.Tool.Tests.Tokens;
using Field = Apache.Arrow.Field;

namespace SoftBoN.Tool.Tests.Columnar;

/// <summary>Rewards of hidden states in files of columns have the bits of those of the same matrix.</summary>
public sealed class ScoreColumnsTests : IDisposable
{
    private const int Dimension = 37;
    private const int Candidates = 5;
    private const int Prompts = 24;
    private const int RowsOfGroup = 23;

    private readonly NpyFolder _matrices = new();
    private readonly WorkFolder _folder = new();
    private readonly float[] _hidden = Numbers(Prompts * Candidates * Dimension, 51);
    private readonly string _head;

    public ScoreColumnsTests()
    {
        _head = _matrices.Save("head.npy", 1, Numbers(Dimension, 52));
        _hidden[3] = float.NaN;
    }

    [Theory]
    [InlineData("Parquet", ArrowTypeId.Float)]
    [InlineData("List", ArrowTypeId.Float)]
    [InlineData("List", ArrowTypeId.HalfFloat)]
    [InlineData("FixedSizeList", ArrowTypeId.Float)]
    [InlineData("FixedSizeList", ArrowTypeId.HalfFloat)]
    [InlineData("List", ArrowTypeId.UInt16)]
    [InlineData("FixedSizeList", ArrowTypeId.Int16)]
    public void Rewards_have_the_bits_of_the_matrix(string form, ArrowTypeId type)
    {
        string matrix = type switch
        {
            ArrowTypeId.HalfFloat => _matrices.Save(
                "hidden.npy", "<f2", Prompts * Candidates, [.. _hidden.Select(v => BitConverter.HalfToUInt16Bits((Half)v))]),
            ArrowTypeId.Float => _matrices.Save("hidden.npy", Prompts * Candidates, _hidden),
            _ => _matrices.Save("hidden.npy", "<u2", Prompts * Candidates, [.. _hidden.Select(BFloat16)]),
        };
        Write(form, type);
        string[] dtype = type is ArrowTypeId.UInt16 or ArrowTypeId.Int16 ? ["--dtype", "bf16"] : [];

        ToolResult run = Score(["--threads", "2", .. dtype]);

        Assert.Equal(("", 0), (run.Error, run.ExitCode));
        Assert.Equal(
            Tool.Run("", ["score", "--hidden", matrix, "--head", _head, "--groups", $"{Prompts}", .. dtype]).Lines,
            run.Lines.Select(line => line.Replace(",\"status\":\"ok\"", "", StringComparison.Ordinal)));
        Assert.Contains("null", run.Lines[0], StringComparison.Ordinal);
    }

    /// <summary>Parts cut anywhere, shards, an order of its own: the output of <c>select</c> is that of the matrix.</summary>
    [Fact]
    public void Parts_shards_and_resume_come_to_the_same()
    {
        Write("Parquet");
        string matrix = _matrices.Save("hidden.npy", Prompts * Candidates, _hidden);
        string[] select = ["select", "--lambda", "0.5", "--seed", "3"];
        string lines = Tool.Run("", "score", "--hidden", matrix, "--head", _head, "--groups", $"{Prompts}").Output;
        foreach (string shard in new[] { "2/2", "1/2" })
        {
            Assert.Equal(0, Score("--output", _folder["out"] + "/", "--shard", shard, "--resume").ExitCode);
        }

        Assert.Equal(Tool.Run(lines, select).Output, Tool.Run("", [.. select, "--input", _folder["out"]]).Output);
        Assert.Equal(2, Directory.GetFiles(_folder["out"]).Length);
    }

    [Fact]
    public void Another_head_is_another_run()
    {
        Write("Parquet");
        Score("--output", _folder["out"] + "/");
        _matrices.Save("head.npy", 1, Numbers(Dimension, 53));

        ToolResult run = Score("--output", _folder["out"] + "/", "--resume");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("is not of this run", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Annotated_rows_have_their_rewards_and_select_takes_them()
    {
        Write("Parquet");
        string[] select = ["select", "--lambda", "0.5", "--seed", "3"];

        Assert.Equal(0, Score("--annotate", "--keep-columns", "prompt", "--output-format", "arrow", "--output", _folder["arrow"]).ExitCode);
        Score("--annotate", "--keep-columns", "prompt", "--output", _folder["parquet"]);

        Assert.Equal(Tool.Run(Score().Output, select).Output, Tool.Run("", [.. select, "--input", _folder["arrow"]]).Output);
        List<Dictionary<string, object?>> rows = PanelFiles.Read(_folder["parquet"]);
        Assert.Equal(Prompts * Candidates, rows.Count);
        Assert.Equal(["prompt", "reward", "status"], rows[1].Keys);
        Assert.False(rows[0].ContainsKey("reward"));
    }

    /// <summary>A file that Arrow's own library wrote.</summary>
    [Theory]
    [InlineData("fixed")]
    [InlineData("halves")]
    public void Float16_of_another_writer_is_read(string column)
    {
        using (FileStream file = File.Create(_folder["in.parquet"]))
        {
            typeof(ScoreColumnsTests).Assembly.GetManifestResourceStream("float16.parquet")!.CopyTo(file);
        }

        ToolResult run = Tool.Run(
            "", "score", "--hidden", _folder["in.parquet"], "--hidden-column", column, "--head", _matrices.Save("h.npy", 1, 1, 2, 4));

        Assert.Equal(
            [
                """{"id":"a","rewards":[2,22.099976],"status":"ok"}""",
                """{"id":"b","rewards":[22,262017.33,30],"status":"ok"}""",
                """{"id":"c","rewards":[73],"status":"ok"}""",
            ],
            run.Lines);
    }

    [Fact]
    public void Rows_without_hidden_values_have_no_reward_and_rows_with_others_lose_their_row_group()
    {
        float[]?[] rows = [[1, 2], null, [3, 4], [5], [6, 7]];
        WriteParquet(_folder["in.parquet"], ["a", "a", "b", "b", "c"], rows, 3);
        string head = _matrices.Save("two.npy", 1, 1, 1);

        ToolResult run = Tool.Run("", "score", "--hidden", _folder["in.parquet"], "--head", head);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(
            "in.parquet, row group 1, column hidden: row 0 has 1 hidden values and the head 2 weights", run.Error, StringComparison.Ordinal);
        Assert.Equal("""{"id":"a","rewards":[3,null],"status":"ok"}""", run.Lines[0]);
        Assert.All(run.Lines[1..], line => Assert.Contains("unreadable", line, StringComparison.Ordinal));
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Write("Parquet");
        string matrix = _matrices.Save("hidden.npy", Prompts * Candidates, _hidden);

        Assert.Contains("--groups is for .npy", Score("--groups", "3").Error, StringComparison.Ordinal);
        Assert.Contains("no column \"h\"", Score("--hidden-column", "h").Error, StringComparison.Ordinal);
        Assert.Contains("it has to be list of float32", Score("--hidden-column", "prompt").Error, StringComparison.Ordinal);
        Assert.Contains(
            "--groups N is needed", Tool.Run("", "score", "--hidden", matrix, "--head", _head).Error, StringComparison.Ordinal);
        Assert.Contains(
            "--prompt-column is for Parquet",
            Tool.Run("", "score", "--hidden", matrix, "--head", _head, "--groups", "1", "--prompt-column", "p").Error,
            StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _matrices.Dispose();
        _folder.Dispose();
    }

    private ToolResult Score(params string[] options) =>
        Tool.Run("", ["score", "--hidden", _folder["in"], "--head", _head, .. options]);

    private static float[] Numbers(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)((random.NextDouble() * 4) - 2))];
    }

    /// <summary>Two parts, which end within prompts, as row groups do.</summary>
    private void Write(string form, ArrowTypeId type = ArrowTypeId.Float)
    {
        long[] prompts = [.. Enumerable.Range(0, Prompts * Candidates).Select(row => (long)row / Candidates)];
        int half = (prompts.Length / 2) - 3;
        foreach ((int part, Range range) in new[] { (0, ..half), (1, half..) })
        {
            float[][] rows = [.. _hidden.Chunk(Dimension).ToArray()[range]];
            Directory.CreateDirectory(_folder["in"]);
            if (form == "Parquet")
            {
                WriteParquet(_folder[$"in/part-{part}.parquet"], [.. prompts[range]], rows, RowsOfGroup);
            }
            else
            {
                WriteArrow(_folder[$"in/part-{part}.arrow"], [.. prompts[range]], rows, form == "FixedSizeList", type);
            }
        }
    }

    private static void WriteParquet<T>(string path, T[] prompts, float[]?[] rows, int rowsOfGroup)
    {
        var prompt = new DataField("prompt", typeof(T));
        var item = new DataField(ListField.ElementName, typeof(float), isNullable: false);
        PanelFiles.Write(path, [prompt, new ListField("hidden", item)], async writer =>
        {
            for (int first = 0; first < rows.Length; first += rowsOfGroup)
            {
                using ParquetRowGroupWriter group = writer.CreateRowGroup();
                T[] names = prompts[first..Math.Min(rows.Length, first + rowsOfGroup)];
                float[]?[] some = rows[first..Math.Min(rows.Length, first + rowsOfGroup)];
                await (names is string[] texts
                    ? group.WriteAsync(prompt, texts)
                    : group.WriteAsync<long>(prompt, ((long[])(object)names).AsMemory()));
                int present = item.MaxDefinitionLevel;
                await group.WriteAllPartsAsync<float>(
                    item,
                    some.SelectMany(row => row ?? []).ToArray(),
                    some.SelectMany(row => row is null ? [0] : row.Select(_ => present)).ToArray(),
                    some.SelectMany(row => row is null ? [0] : row.Select((_, i) => i == 0 ? 0 : 1)).ToArray(),
                    CancellationToken.None);
            }
        });
    }

    private static void WriteArrow(string path, long[] prompts, float[][] rows, bool isFixed, ArrowTypeId id)
    {
        IArrowType number = Values([], id).Data.DataType;
        var item = new Field("item", number, nullable: true);
        IArrowType type = isFixed ? new FixedSizeListType(item, Dimension) : new ListType(item);
        Schema schema = new([new Field("prompt", Int64Type.Default, true), new Field("hidden", type, true)], null);
        using FileStream file = File.Create(path);
        using var writer = new ArrowFileWriter(file, schema, leaveOpen: false);
        writer.WriteStart();
        foreach ((long[] names, float[][] some) in prompts.Chunk(RowsOfGroup).Zip(rows.Chunk(RowsOfGroup)))
        {
            IArrowArray values = Values([.. some.SelectMany(row => row)], id);
            int[] offsets = [.. Enumerable.Range(0, some.Length + 1).Select(i => i * Dimension)];
            ArrowBuffer[] buffers = isFixed
                ? [ArrowBuffer.Empty]
                : [ArrowBuffer.Empty, new ArrowBuffer(MemoryMarshal.AsBytes(offsets.AsSpan()).ToArray())];
            var data = new ArrayData(type, some.Length, 0, 0, buffers, [values.Data]);
            IArrowArray lists = isFixed ? new FixedSizeListArray(data) : new ListArray(data);
            writer.WriteRecordBatch(new RecordBatch(schema, [new Int64Array.Builder().AppendRange(names).Build(), lists], some.Length));
        }

        writer.WriteEnd();
    }

    private static IArrowArray Values(float[] values, ArrowTypeId type) => type switch
    {
        ArrowTypeId.HalfFloat => new HalfFloatArray.Builder().AppendRange(values.Select(value => (Half)value)).Build(),
        ArrowTypeId.UInt16 => new UInt16Array.Builder().AppendRange(values.Select(BFloat16)).Build(),
        ArrowTypeId.Int16 => new Int16Array.Builder().AppendRange(values.Select(value => (short)BFloat16(value))).Build(),
        _ => new FloatArray.Builder().AppendRange(values).Build(),
    };

    private static ushort BFloat16(float value) => (ushort)(BitConverter.SingleToUInt32Bits(value) >> 16);
}
