using SoftBoN.Tool.Commands;
using SoftBoN.Tool.Host;

namespace SoftBoN.Tool.Columnar;

/// <summary>A file of columns has its index at its end: for standard output it is written whole and then handed out.</summary>
internal static class WholeFile
{
    /// <param name="host">Has the standard output.</param>
    /// <param name="output">Where the file goes.</param>
    /// <param name="write">Writes it to a path.</param>
    public static T Write<T>(ToolHost host, string output, Func<string, T> write)
    {
        if (output != InputOptions.Standard)
        {
            return write(output);
        }

        string path = Path.Combine(Path.GetTempPath(), $"softbon-{Guid.NewGuid():N}");
        try
        {
            T result = write(path);
            if (File.Exists(path))
            {
                using FileStream file = File.OpenRead(path);
                file.CopyTo(host.Output);
            }

            return result;
        }
        finally
        {
            File.Delete(path);
        }
    }
}
