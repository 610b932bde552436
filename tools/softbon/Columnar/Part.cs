using SoftBoN.Tool.Columnar.Tables;
using SoftBoN.Tool.Host;

namespace SoftBoN.Tool.Columnar;

/// <summary>The format of a file of columns.</summary>
internal enum TableFormat : byte
{
    Parquet,
    Arrow,
}

/// <summary>A part file of the input.</summary>
internal sealed record Part(string Path, TableFormat Format)
{
    public string Name => System.IO.Path.GetFileName(Path);

    public ITableReader Open() => Guard(Name, "the file cannot be read", () =>
    {
        var stream = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16);
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
            throw new PartException(place, $"{what}, it is broken or cut short: {FaultException.Reason(fault)}", fault);
        }
    }
}
