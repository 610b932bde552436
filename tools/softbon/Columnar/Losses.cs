using SoftBoN.Tool.Input;

namespace SoftBoN.Tool.Columnar;

/// <summary>What could not be read of an input that was grouped.</summary>
/// <param name="Prompts">Prompts that are known to lack rows, and why.</param>
/// <param name="Parts">Parts without any rows.</param>
/// <param name="Groups">Row groups of the other parts.</param>
/// <param name="AnyPrompt">Whether any other prompt may lack rows, too.</param>
internal sealed record Losses(IReadOnlyDictionary<TextKey, string> Prompts, int Parts, int Groups, bool AnyPrompt)
{
    public static readonly Losses None = new(new Dictionary<TextKey, string>(), 0, 0, false);
}
