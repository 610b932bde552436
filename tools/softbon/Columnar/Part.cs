using SoftBoN.Tool.Columnar.Tables;
using SoftBoN.Tool.Host;

namespace SoftBoN.Tool.Columnar;

/// <summary>The format of a file of columns.</summary>
internal enum TableFormat : byte
{
    Parquet,
    Arrow,

    /// <summary>Arrow's form for pipes, without an index at its end.</summary>
    ArrowStream,
}

/// <summary>A part of the input: a file, or a slice of its row groups.</summary>
/// <param name="Path">The file.</param>
/// <param name="Format">Its format.</param>
internal sealed record Part(string Path, TableFormat Format)
{
    /// <summary>Which slice of the file this is, from 0.</summary>
    public int Slice { get; init; }

    /// <summary>Into how many slices of adjacent row groups the file is cut.</summary>
    public int Slices { get; init; } = 1;

    /// <summary>The files that this one was made of; empty for a file of the input itself.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>The slice's share of the file's size.</summary>
    public long Bytes => new FileInfo(Path).Length / Slices;

    /// <summary>The name of the part's output, without its ending.</summary>
    public string Stem => System.IO.Path.GetFileNameWithoutExtension(Path)
        + (Slices == 1 ? "" : $"-{Slice + 1:D5}-of-{Slices:D5}");

    /// <summary>Cuts files into slices, as few as give every shard at least one.</summary>
    public static IReadOnlyList<Part> Cut(IReadOnlyList<Part> files, int shards)
    {
        int slices = (shards + files.Count - 1) / files.Count;
        return slices == 1
            ? files
            : [.. files.SelectMany(file => Enumerable.Range(0, slices).Select(i => file with { Slice = i, Slices = slices }))];
    }

    /// <summary>The row groups of the file that are this part's.</summary>
    /// <param name="table">The file, opened.</param>
    public (int First, int End) GroupsOf(ITableReader table) =>
        ((int)((long)table.Groups * Slice / Slices), (int)((long)table.Groups * (Slice + 1) / Slices));

    public ITableReader Open() => Guard(Name, "the file cannot be read", () =>
    {
        var stream = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16);
        if (stream.Length == 0)
        {
            stream.Dispose();
            throw new InvalidDataException("it is empty");
        }

        return Format == TableFormat.Parquet ? ParquetTableReader.Open(stream) : (ITableReader)ArrowTableReader.Open(stream);
    });

    /// <summary>Says where a library failed: on a broken file it may throw anything.</summary>
    public static T Guard<T>(string place, string what, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception fault) when (fault is not (PartException or FaultException))
        {
            string why = fault switch
            {
                NotImplementedException or NotSupportedException =>
                    "it is of a form that is not read here, such as lists in Parquet's data pages of version 2; write it in "
                    + "another",
                OutOfMemoryException => "there is no memory for what it says that it holds; raise --memory, if it is not broken",
                _ => "it is broken or cut short",
            };
            throw new PartException(place, $"{what}, {why}: {FaultException.Reason(fault)}", fault);
        }
    }
}
