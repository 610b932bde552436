namespace SoftBoN.Tool.Columnar;

/// <summary>What a run over files of columns reads.</summary>
/// <param name="Option">The option that names the files, for messages.</param>
/// <param name="Name">A file, a folder, a pattern, or - for standard input.</param>
/// <param name="Format">Null to go by names.</param>
/// <param name="Names">The columns.</param>
internal sealed record ColumnarInput(string Option, string Name, TableFormat? Format, ColumnNames Names)
{
    /// <summary>What else bears on the output beside the options, for --resume.</summary>
    public string Mark { get; init; } = "";

    /// <summary>Is told the time that stages take.</summary>
    public StageClock Clock { get; init; } = new();
}
