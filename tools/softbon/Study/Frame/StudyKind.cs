using System.CommandLine;
using SoftBoN.Kernels.Plots.Report;
using SoftBoN.Tool.Commands;
using SoftBoN.Tool.Host;
using SoftBoN.Tool.Running;

namespace SoftBoN.Tool.Study.Frame;

/// <summary>The command of one study: its own options, and those that all studies have.</summary>
internal abstract class StudyKind : ToolCommand
{
    private readonly ToolHost _host;
    private readonly EngineOptions _engine = new();

    private readonly Option<string> _out = OptionKinds.Text(
        "--out", "DIR", "Where tables, plots and report.html go; a run that was cut short there goes on.");

    protected StudyKind(ToolHost host, string name, string description)
        : base(name, description)
    {
        _host = host;
        _out.Required = true;
        Add(_out);
        SetAction(Run);
    }

    /// <summary>The study that the command line asks for.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="engine">What simulates; results do not depend on it.</param>
    protected abstract IStudy Read(ParseResult parsed, SoftBonEngine engine);

    /// <summary>Adds the engine's options, behind the study's own.</summary>
    protected void AddEngineOptions() => _engine.AddTo(this);

    private int Run(ParseResult parsed)
    {
        using SoftBonEngine engine = _engine.Create(parsed);
        IStudy study = Read(parsed, engine);
        new StudyRun(study, parsed.GetRequiredValue(_out), _host).Run(Describe(engine));
        return ExitCodes.Done;
    }

    private static IReadOnlyList<Fact> Describe(SoftBonEngine engine) =>
    [
        .. Machine.Describe().Select(fact => new Fact(fact.Name, fact.Value)),
        new Fact("device", $"{BackendNames.Spell(engine.Device.Backend)}: {engine.Device.Description}"),
    ];
}
