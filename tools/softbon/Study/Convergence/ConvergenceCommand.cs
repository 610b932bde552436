using System.CommandLine;
using SoftBoN.Kernels.Theory;
using SoftBoN.Tool.Host;
using SoftBoN.Tool.Study.Frame;
using SoftBoN.Tool.Study.Sources;

namespace SoftBoN.Tool.Study.Convergence;

/// <summary>Distances to the optimal tilt against n.</summary>
internal sealed class ConvergenceCommand : StudyKind
{
    private const int MostCandidates = 1 << 20;
    private const double Coldest = 1e-3;

    private readonly AlphabetOptions _alphabet = new(leastReward: 0);

    private readonly Option<string> _lambda = NumberLists.Values(
        "--lambda", "L,L,…", "Temperatures, separated by commas.", "1,0.5,0.25", Coldest, 1 / Coldest);

    private readonly Option<string> _n = NumberLists.Counts(
        "--n",
        "Numbers of candidates, separated by commas.",
        "1,2,4,8,16,32,64,128,256,512,1024,2048,4096",
        MostCandidates);

    public ConvergenceCommand(ToolHost host)
        : base(host, "convergence", "KL, total variation and reward gap to the optimal tilt against n, with bounds.")
    {
        _alphabet.AddTo(this);
        Add(_lambda);
        Add(_n);
        AddEngineOptions();
    }

    public override IReadOnlyList<string> Examples =>
    [
        "softbon study convergence --out studies/convergence",
        "softbon study convergence --out studies/coin --p 0.5,0.5 --reward 0,1 --lambda 0.5",
    ];

    protected override IStudy Read(ParseResult parsed, SoftBonEngine engine)
    {
        string lambda = parsed.GetRequiredValue(_lambda);
        string n = parsed.GetRequiredValue(_n);
        FiniteAlphabet alphabet = _alphabet.Read(parsed);
        if (alphabet.RewardRange == 0)
        {
            throw new FaultException("--reward: all rewards are equal, so nothing converges; give two that differ");
        }

        return new ConvergenceStudy
        {
            Parameters = [.. _alphabet.Parameters(parsed), new("lambda", lambda), new("n", n)],
            Alphabet = alphabet,
            Lambdas = NumberLists.Numbers(lambda),
            Ns = NumberLists.Integers(n),
        };
    }
}
