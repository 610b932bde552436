using SoftBoN.Tool.Host;

namespace SoftBoN.Tool.Columnar;

/// <summary>
/// A part of the output while it is written: under a name of its own that the next try takes again, so that a run that
/// is killed leaves nothing that could be taken for a part, and nothing that piles up.
/// </summary>
internal sealed class PartFile : IDisposable
{
    private readonly string _path;
    private readonly string _partial;
    private bool _isWhole;

    public PartFile(string path)
    {
        _path = Path.GetFullPath(path);
        _partial = Path.Combine(Path.GetDirectoryName(_path)!, $".{Path.GetFileName(_path)}.partial");
        try
        {
            Stream = new FileStream(_partial, FileMode.Create, FileAccess.ReadWrite, FileShare.Read, 1 << 16);
        }
        catch (DirectoryNotFoundException fault)
        {
            throw new FaultException($"--output {path}: no such folder; make it, or check the path", fault);
        }
    }

    public FileStream Stream { get; }

    /// <summary>Puts the file in its place.</summary>
    public void TakePlace()
    {
        Stream.Flush(flushToDisk: true);
        Stream.Dispose();
        File.Move(_partial, _path, overwrite: true);
        _isWhole = true;
    }

    public void Dispose()
    {
        Stream.Dispose();
        if (!_isWhole)
        {
            File.Delete(_partial);
        }
    }
}
