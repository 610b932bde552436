using SoftBoN.Tool.Host;

namespace SoftBoN.Tool.Output;

/// <summary>The folder that --out names, and the files that go there.</summary>
internal static class OutputFolder
{
    /// <summary>Makes the folder where it is not there.</summary>
    public static void Create(string folder)
    {
        if (folder.Length == 0)
        {
            throw new FaultException("--out is empty; name a folder");
        }

        if (File.Exists(folder))
        {
            throw new FaultException($"--out {folder} is a file; name a folder");
        }

        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new FaultException(
                $"--out {folder} cannot be made: {FaultException.Reason(fault).TrimEnd('.')}; name a folder that can",
                fault);
        }
    }

    /// <summary>Writes a file that takes its place when it is whole; none is left half-written.</summary>
    public static void Write(string folder, string name, ReadOnlySpan<byte> content)
    {
        string path = Path.Combine(folder, name);
        try
        {
            Put(content, Path.GetFullPath(path));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new FaultException(
                $"{path} cannot be written: {FaultException.Reason(fault).TrimEnd('.')}; clear its place, or name "
                + "another --out",
                fault);
        }
    }

    /// <summary>Puts a file in its place, also in that of a link, whose target is not ours.</summary>
    private static void Put(ReadOnlySpan<byte> content, string path)
    {
        if (new FileInfo(path).LinkTarget is not null)
        {
            File.Delete(path);
        }

        PartialFile file = PartialFile.Create(path);
        try
        {
            file.Write(content);
            file.TakePlace();
        }
        finally
        {
            file.Dispose();
            if (file.LeftAt is { } left)
            {
                File.Delete(left);
            }
        }
    }
}
