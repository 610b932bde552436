using System.CommandLine;

namespace SoftBoN.Tool.Commands;

/// <summary>A command whose help ends with examples.</summary>
internal abstract class ToolCommand(string name, string description) : Command(name, description)
{
    public abstract IReadOnlyList<string> Examples { get; }
}
