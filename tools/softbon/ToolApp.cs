using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using SoftBoN.Tool.Bench;
using SoftBoN.Tool.Cluster;
using SoftBoN.Tool.Commands;
using SoftBoN.Tool.Host;
using SoftBoN.Tool.Plan;
using SoftBoN.Tool.Study;

namespace SoftBoN.Tool;

/// <summary>The program: finds the command, and turns what goes wrong into one line and an exit code.</summary>
internal static class ToolApp
{
    private const int UnixBrokenPipe = 32;
    private const int WindowsBrokenPipe = unchecked((int)0x8007006D);
    private const int WindowsPipeClosing = unchecked((int)0x800700E8);

    public static int Run(string[] args, ToolHost host)
    {
        ParserConfiguration parsing = new() { ResponseFileTokenReplacer = null };
        RootCommand root = CreateRoot(host);
        ParseResult parsed = root.Parse(args.Length == 0 ? ["--help"] : args, parsing);
        using StreamWriter output = host.OpenText();
        var invocation = new InvocationConfiguration
        {
            Output = args.Length == 0 ? host.Error : output,
            Error = host.Error,
            EnableDefaultExceptionHandler = false,
        };
        try
        {
            int code = parsed.Action is ParseErrorAction ? Refuse(parsed, host) : parsed.Invoke(invocation);
            output.Flush();
            return args.Length == 0 ? ExitCodes.Fault : code;
        }
        catch (FaultException fault)
        {
            return Fail(fault.Message, host);
        }
        catch (Exception fault) when (ClusterFaults.Explain(fault) is { } message)
        {
            return Fail(message, host);
        }
        catch (IOException gone) when (gone.HResult is UnixBrokenPipe or WindowsBrokenPipe or WindowsPipeClosing)
        {
            // Whoever reads the output has seen enough.
            return ExitCodes.Done;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return Fail(fault.Message, host);
        }
        catch (OutOfMemoryException)
        {
            return Fail("out of memory; shorten the longest line, ask for fewer draws, or raise --memory where a command has it", host);
        }
    }

    private static RootCommand CreateRoot(ToolHost host)
    {
        var root = new RootCommand(
            "Soft best-of-n: picks candidates by reward, at the temperature or KL budget you choose.")
        {
            new SelectCommand(host),
            new WeightsCommand(host),
            new TiltCommand(host),
            new ScoreCommand(host),
            new LawCommand(host),
            new DoctorCommand(host),
            new VerifyCommand(host),
            new CalibrateCommand(host),
            new StudyCommand(host),
            new PlanCommand(host),
            new BenchCommand(host),
            new GenerateCommand(host),
            new ClusterCommand(host),
        };
        foreach (HelpOption help in root.Options.OfType<HelpOption>())
        {
            help.Action = new HelpWithExamples((HelpAction)help.Action!);
        }

        return root;
    }

    /// <summary>One line says what is wrong; an unknown word says more than what it made go missing.</summary>
    private static int Refuse(ParseResult parsed, ToolHost host)
    {
        string[] messages = [.. parsed.Errors.Select(error => error.Message.ReplaceLineEndings(" ").Replace("\t", ""))];
        string first = Array.Find(messages, message => message.StartsWith("Unrecognized", StringComparison.Ordinal))
            ?? messages[0];
        return Fail($"{first.TrimEnd('.')}; see softbon {PathTo(parsed.CommandResult)}--help", host);
    }

    /// <summary>The words that lead to a command, each with a space behind it.</summary>
    private static string PathTo(CommandResult command) =>
        command.Parent is CommandResult parent ? $"{PathTo(parent)}{command.Command.Name} " : "";

    private static int Fail(string message, ToolHost host)
    {
        host.Error.WriteLine($"softbon: {message}");
        return ExitCodes.Fault;
    }
}
