using SoftBoN.Tool.Commands;
using SoftBoN.Tool.Host;

namespace SoftBoN.Tool.Columnar;

/// <summary>The input as something that can be read from its end: standard input goes into a file for that.</summary>
internal sealed class HeldInput : IDisposable
{
    private readonly bool _isOurs;

    public HeldInput(string name, ToolHost host)
    {
        Path = name;
        if (name != InputOptions.Standard)
        {
            return;
        }

        Path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"softbon-{Guid.NewGuid():N}");
        _isOurs = true;
        using Stream input = Files.OpenInput(name, host);
        using FileStream file = File.Create(Path);
        input.CopyTo(file);
    }

    public string Path { get; }

    public void Dispose()
    {
        if (_isOurs)
        {
            File.Delete(Path);
        }
    }
}
