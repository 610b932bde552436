using SoftBoN.Tool.Columnar.Tables;
using SoftBoN.Tool.Input;

namespace SoftBoN.Tool.Columnar;

/// <summary>What a run over files of columns does, beside the work on the rows themselves.</summary>
internal sealed record ColumnarSettings
{
    public required ColumnNames Names { get; init; }

    public required RowRules Rules { get; init; }

    public required BatchLimits Limits { get; init; }

    /// <summary>The parts of the input, all of them.</summary>
    public required IReadOnlyList<Part> Parts { get; init; }

    /// <summary>Is told the time that stages take.</summary>
    public StageClock Clock { get; init; } = new();

    /// <summary>What was lost of the parts while they were grouped.</summary>
    public Losses Losses { get; init; } = Losses.None;

    /// <summary>Which parts are this process's: those whose place, counted from 0, is Shard modulo Shards.</summary>
    public int Shard { get; init; }

    public int Shards { get; init; } = 1;

    public IReadOnlyList<Part> Mine => [.. Parts.Where((_, place) => place % Shards == Shard)];

    /// <summary>Where parts go by their names, or the one file; empty for lines of JSON.</summary>
    public string Output { get; init; } = "";

    public bool OutputIsFolder { get; init; }

    public TableFormat OutputFormat { get; init; }

    /// <summary>Whether parts that are there already are kept.</summary>
    public bool Resume { get; init; }

    public bool Annotate { get; init; }

    /// <summary>What the run is: the options that bear on the output.</summary>
    public string Run { get; init; } = "";

    /// <summary>Bytes.</summary>
    public long Memory { get; init; }

    public int Threads { get; init; }

    /// <summary>Where a part's output goes.</summary>
    public string PathOf(Part part) => OutputIsFolder
        ? Path.Combine(Output, part.Stem + TableFormats.EndingOf(OutputFormat))
        : Output;
}
