using System.CommandLine;
using SoftBoN.Kernels.Theory;
using SoftBoN.Tool.Host;
using SoftBoN.Tool.Study.Frame;
using SoftBoN.Tool.Study.Sources;

namespace SoftBoN.Tool.Study.Frontier;

/// <summary>Reward against divergence, for every rule.</summary>
internal sealed class FrontierCommand : StudyKind
{
    private const int MostCandidates = 1 << 20;

    private readonly Option<string> _lambda = NumberLists.Temperatures(
        "--lambda", "inf,4,2,1.4,1,0.7,0.5,0.35,0.25,0.18,0.125,0.09,0.06,0.03,0");

    private readonly Option<string> _n = NumberLists.Counts(
        "--n", "Numbers of candidates, separated by commas.", "2,4,8,16", MostCandidates);

    public FrontierCommand(ToolHost host)
        : base(host, "frontier", "Expected reward against KL from the model, over lambda and n, for every rule.")
    {
        Add(_lambda);
        Add(_n);
        AddEngineOptions();
    }

    public override IReadOnlyList<string> Examples =>
    [
        "softbon study frontier --out studies/frontier",
        "softbon study frontier --out studies/few --n 2,3,5 --lambda inf,1,0.5,0.2,0",
    ];

    protected override IStudy Read(ParseResult parsed, SoftBonEngine engine)
    {
        var alphabet = new FiniteAlphabet([0.5, 0.3, 0.2], [0, 0.5, 1]);
        return new FrontierStudy(
            [new AlphabetSource("alphabet", "a finite alphabet", alphabet)],
            parsed.GetRequiredValue(_lambda),
            parsed.GetRequiredValue(_n));
    }
}
