using SoftBoN.Tool.Commands;
using SoftBoN.Tool.Host;
using SoftBoN.Tool.Study.Convergence;
using SoftBoN.Tool.Study.Frontier;
using SoftBoN.Tool.Study.Hacking;
using SoftBoN.Tool.Study.Sequence;
using SoftBoN.Tool.Study.Throughput;

namespace SoftBoN.Tool.Study;

/// <summary>The studies.</summary>
internal sealed class StudyCommand : ToolCommand
{
    public StudyCommand(ToolHost host)
        : base("study", "Show what the theory says, with exact numbers and plots, as files and one report.")
    {
        Add(new FrontierCommand(host));
        Add(new ConvergenceCommand(host));
        Add(new HackingCommand(host));
        Add(new SequenceCommand(host));
        Add(new ThroughputCommand(host));
    }

    public override IReadOnlyList<string> Examples =>
        ["softbon study frontier --out studies/frontier", "softbon study frontier --help"];
}
