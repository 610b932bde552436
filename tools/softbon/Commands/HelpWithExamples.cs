using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace SoftBoN.Tool.Commands;

/// <summary>The usual help, and examples to copy.</summary>
internal sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    /// <summary>Asking for help is never wrong, whatever else stands on the line.</summary>
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        int code = help.Invoke(parseResult);
        TextWriter output = parseResult.InvocationConfiguration.Output;
        IReadOnlyList<string> examples = parseResult.CommandResult.Command is ToolCommand command
            ? command.Examples
            : ["softbon select --input prompts.jsonl --lambda 0.1 --seed 42 --table", "softbon select --help"];
        output.WriteLine("Examples:");
        foreach (string example in examples)
        {
            output.WriteLine("  " + example);
        }

        output.WriteLine();
        return code;
    }
}
