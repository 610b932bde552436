using System.CommandLine;
using System.Globalization;
using SoftBoN.Kernels.Theory;
using SoftBoN.Tool.Commands;
using SoftBoN.Tool.Host;
using SoftBoN.Tool.Study.Frame;
using SoftBoN.Tool.Study.Sources;

namespace SoftBoN.Tool.Study.Frontier;

/// <summary>Reward against divergence, for every rule.</summary>
internal sealed class FrontierCommand : StudyKind
{
    private const int MostCandidates = 1 << 16;
    private const int DefaultDraws = 50_000;
    private const ulong DefaultSeed = 1;

    private readonly AlphabetOptions _alphabet = new(leastReward: double.MinValue);
    private readonly RewardFileOptions _file = new();

    private readonly Option<string> _column = new("--reward-column")
    {
        HelpName = "NAME",
        Description = "The file's column, or key of its candidates, that has the reward.",
        DefaultValueFactory = _ => "reward",
    };

    private readonly Option<string> _lambda = NumberLists.Temperatures(
        "--lambda",
        "Temperatures, 0 to inf, separated by commas; auto takes multiples of the reward's standard deviation.",
        Temperatures.Auto);

    private readonly Option<string> _n = NumberLists.Counts(
        "--n", "Numbers of candidates, separated by commas.", "2,4,8,16", MostCandidates);

    private readonly Option<int?> _draws = OptionKinds.Count(
        "--draws", "K", $"Simulated selections per setting on the alphabet [default: {DefaultDraws}]", 1 << 30);

    private readonly Option<ulong?> _seed = OptionKinds.Seed("--seed", "The seed of what is simulated [default: 1]");

    public FrontierCommand(ToolHost host)
        : base(host, "frontier", "Expected reward against KL from the model, over lambda and n, for every rule.")
    {
        _alphabet.AddTo(this);
        _file.AddTo(this);
        foreach (Option option in (Option[])[_column, _lambda, _n, _draws, _seed])
        {
            Add(option);
        }

        AddEngineOptions();
    }

    public override IReadOnlyList<string> Examples =>
    [
        "softbon study frontier --out studies/frontier",
        "softbon study frontier --out studies/mine --input rewards.jsonl --n 2,8,32",
        "softbon study frontier --out studies/coin --p 0.5,0.5 --reward 0,1 --lambda inf,1,0.5,0.2,0",
    ];

    protected override IStudy Read(ParseResult parsed, SoftBonEngine engine)
    {
        string column = parsed.GetRequiredValue(_column);
        string lambda = parsed.GetRequiredValue(_lambda);
        string n = parsed.GetRequiredValue(_n);
        int draws = parsed.GetValue(_draws) ?? DefaultDraws;
        ulong seed = parsed.GetValue(_seed) ?? DefaultSeed;
        RewardFile file = _file.Read(parsed, column);
        var alphabet = new AlphabetSource("alphabet", "a finite alphabet", _alphabet.Read(parsed));
        string title = file.Name == RewardFile.Sample ? "the sample file" : Path.GetFileName(file.Name);
        return new FrontierStudy
        {
            Parameters =
            [
                .. _alphabet.Parameters(parsed),
                .. _file.Parameters(parsed, file),
                new("reward-column", column),
                new("lambda", lambda),
                new("n", n),
                new("draws", draws.ToString(CultureInfo.InvariantCulture)),
                new("seed", seed.ToString(CultureInfo.InvariantCulture)),
            ],
            Alphabet = alphabet,
            Sources =
            [
                alphabet,
                new UniformSource(),
                new PromptsSource(title, [.. file.Prompts.Select(one => FiniteAlphabet.Uniform(one.Columns[0]))]),
            ],
            Lambda = lambda,
            Ns = NumberLists.Integers(n),
            Check = new FrontierCheck(new Simulation(engine, seed), draws),
        };
    }
}
