namespace SoftBoN.Tool.Output;

/// <summary>
/// A file that is written beside its place and takes it when it is complete. What was there before stays until then: it
/// may be the input under another name, and a run that fails must not cost it.
/// </summary>
internal sealed class PartialFile : FileStream
{
    private readonly string _partial;
    private readonly string _path;
    private long _written;
    private bool _complete;
    private int _closed;

    private PartialFile(string partial, string path, FileStreamOptions options)
        : base(partial, options)
    {
        _partial = partial;
        _path = path;
    }

    /// <param name="path">Where the file goes; no link. One that is there has to be writable and gives its mode.</param>
    public static PartialFile Create(string path)
    {
        string partial = $"{path}.{Path.GetRandomFileName()[..8]}.partial";
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.Read | FileShare.Delete,
            BufferSize = 0,
        };
        var file = new PartialFile(partial, path, options);
        if (!OperatingSystem.IsWindows() && File.Exists(path))
        {
            // Behind the umask's back, so not by the options.
            File.SetUnixFileMode(file.SafeFileHandle, File.GetUnixFileMode(path));
        }

        return file;
    }

    /// <summary>Where an incomplete file was left when it was closed; null where there is none.</summary>
    public string? LeftAt { get; private set; }

    /// <summary>Closes the file and puts it in its place.</summary>
    public void TakePlace()
    {
        _complete = true;
        Dispose();
    }

    /// <summary>Writes whole lines; those that a failure cuts short are not kept.</summary>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        base.Write(buffer);
        _written += buffer.Length;
    }

    protected override void Dispose(bool disposing)
    {
        if (!disposing || Interlocked.Exchange(ref _closed, 1) != 0)
        {
            base.Dispose(disposing);
            return;
        }

        if (!_complete && Length > _written)
        {
            SetLength(_written);
        }

        base.Dispose(disposing);
        if (!_complete && _written == 0)
        {
            File.Delete(_partial);
            return;
        }

        LeftAt = _partial;
        if (_complete)
        {
            File.Move(_partial, _path, overwrite: true);
            LeftAt = null;
        }
    }
}
