using System.Runtime.CompilerServices;
using SoftBoN.Tool.Columnar;

namespace SoftBoN.Tool.Tests.Columnar;

/// <summary>What was used is let go, and sorting takes few runs at a time.</summary>
public class BoundedMemoryTests
{
    [Fact]
    public void Row_groups_are_let_go_before_their_part_ends()
    {
        using var folder = new WorkFolder();
        PanelFiles.WriteList(folder["in.parquet"], Panel.Prompts(400, seed: 71), 10);
        using var stream = new BlockStream(
            [new Part(folder["in.parquet"], TableFormat.Parquet)], new ColumnNames(), 1 << 20, 1, new StageClock());
        stream.Next();
        using IEnumerator<Block> blocks = stream.Blocks().GetEnumerator();

        WeakReference first = Next(blocks);
        for (int i = 0; i < 10; i++)
        {
            Next(blocks);
        }

        GC.Collect();
        Assert.False(first.IsAlive);
    }

    /// <summary>Some hundred runs, merged in several rounds.</summary>
    [Fact]
    public void Many_runs_are_merged_in_the_order_of_the_input()
    {
        using var folder = new WorkFolder();
        var random = new Random(72);
        var rows = PanelFiles.Long(Panel.Prompts(600, seed: 73, most: 8)).OrderBy(_ => random.Next()).ToArray();
        PanelFiles.WriteLong(folder["in.parquet"], rows, 10);
        using var grouping = new Grouping(new ColumnNames(), 1 << 8, TextWriter.Null);

        Part sorted = grouping.Sort([new Part(folder["in.parquet"], TableFormat.Parquet)]);

        Assert.Equal(
            rows.OrderBy(row => row.Prompt, StringComparer.Ordinal).Select(row => (row.Prompt, (string?)row.Candidate.Id)),
            PanelFiles.Read(sorted.Path).Select(row =>
                ((string?)row["prompt"], row.TryGetValue("candidate", out object? id) ? (string?)id : null)));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(sorted.Path)!));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Next(IEnumerator<Block> blocks)
    {
        Assert.True(blocks.MoveNext());
        return new WeakReference(blocks.Current);
    }
}
