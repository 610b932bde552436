using System.CommandLine;
using System.Globalization;
using System.Runtime.ExceptionServices;
using SoftBoN.Tool.Columnar;
using SoftBoN.Tool.Host;
using SoftBoN.Tool.Output;

namespace SoftBoN.Tool.Commands;

/// <summary>Writes made-up rewards, to try runs at size.</summary>
internal sealed class GenerateCommand : ToolCommand
{
    private const int MostCandidates = 1 << 20;
    private const int MostParts = 10000;

    /// <summary>A row group, its levels and its encoded form, with room for what waits to be collected.</summary>
    private const long MemoryOfThread = 512L << 20;

    private readonly ToolHost _host;

    private readonly Option<int?> _prompts = OptionKinds.Count(
        "--prompts", "P", "Prompts, in all parts together [default: 1000].", int.MaxValue);

    private readonly Option<int?> _candidates = OptionKinds.Count(
        "--candidates", "N", "Candidates of each prompt [default: 64].", MostCandidates);

    private readonly Option<ulong?> _seed = OptionKinds.Seed("--seed", "What the rewards come from [default: 0].");

    private readonly Option<int?> _parts = OptionKinds.Count(
        "--parts", "N", "Part files; more than one go into a folder [default: 1].", MostParts);

    private readonly Option<string> _output = OptionKinds.Output("The file, or the folder for part files.");

    private readonly Option<int?> _threads = OptionKinds.Count(
        "--threads", "N", "Parts to write at a time; all processors if not given.", int.MaxValue);

    public GenerateCommand(ToolHost host)
        : base("generate", "Write made-up rewards as Parquet, a row a prompt, to try runs at size.")
    {
        _host = host;
        Add(_prompts);
        Add(_candidates);
        Add(_seed);
        Add(_parts);
        Add(_output);
        Add(_threads);
        SetAction(Run);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "softbon generate --prompts 100000 --output rewards.parquet",
        "softbon generate --prompts 15625000 --candidates 64 --parts 16 --output rewards",
    ];

    private int Run(ParseResult parsed)
    {
        string output = parsed.GetRequiredValue(_output);
        if (output is InputOptions.Standard or "")
        {
            throw new FaultException("--output has to name a file, or a folder for --parts");
        }

        int parts = parsed.GetValue(_parts) ?? 1;
        Directory.CreateDirectory(parts > 1 ? output : Path.GetDirectoryName(Path.GetFullPath(output))!);

        var generator = new Generator(
            parsed.GetValue(_seed) ?? 0, parsed.GetValue(_prompts) ?? 1000, parsed.GetValue(_candidates) ?? 64);
        var progress = new Progress(_host.Error, _host.ErrorIsTerminal);
        int done = 0;
        int threads = parsed.GetValue(_threads) ?? Environment.ProcessorCount;
        HeapLimit.Set(_host, Math.Max(HeapLimit.Default, Math.Min(threads, parts) * MemoryOfThread));
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads };
        void Write(int part)
        {
            generator.Write(part, parts, parts == 1 ? output : Path.Combine(output, PartName(part)));
            lock (progress)
            {
                done++;
                progress.Report(() => $"{done} of {parts} parts");
            }
        }

        try
        {
            Parallel.For(0, parts, options, Write);
        }
        catch (AggregateException faults)
        {
            // Every part finds the same disk full; it is said once.
            ExceptionDispatchInfo.Throw(faults.InnerException!);
        }

        progress.Erase();
        return ExitCodes.Done;
    }

    private static string PartName(int part) => string.Create(CultureInfo.InvariantCulture, $"part-{part:D5}.parquet");
}
