using System.CommandLine;
using SoftBoN.Kernels.Theory;
using SoftBoN.Tool.Commands;
using SoftBoN.Tool.Host;
using SoftBoN.Tool.Study.Frame;
using SoftBoN.Tool.Study.Sources;

namespace SoftBoN.Tool.Study.Hacking;

/// <summary>Gold against proxy.</summary>
internal sealed class HackingCommand : StudyKind
{
    private const int MostCandidates = 1 << 16;

    private readonly RewardFileOptions _file = new();
    private readonly Option<string> _proxy = Column("--proxy", "reward", "that candidates are selected by");
    private readonly Option<string> _gold = Column("--gold", "gold", "that counts");

    private readonly Option<string> _goldOf = OptionKinds.Text(
        "--gold-of", "ID=G,…", "Gold rewards of candidates by their ids, in place of the file's.");

    private readonly Option<string> _lambda = NumberLists.Temperatures(
        "--lambda",
        "Temperatures, 0 to inf, separated by commas; auto takes multiples of the proxy's standard deviation.",
        Temperatures.Auto);

    private readonly Option<string> _n = NumberLists.Counts(
        "--n", "Numbers of candidates, separated by commas.", "2,4,8,16,64,256", MostCandidates);

    public HackingCommand(ToolHost host)
        : base(host, "hacking", "Gold reward against the proxy that selects, with HedgeTune's temperature.")
    {
        _file.AddTo(this);
        foreach (Option option in (Option[])[_proxy, _gold, _goldOf, _lambda, _n])
        {
            Add(option);
        }

        AddEngineOptions();
    }

    public override IReadOnlyList<string> Examples =>
    [
        "softbon study hacking --out studies/hacking",
        "softbon study hacking --out studies/length --input rewards.jsonl --proxy length --gold reward",
        "softbon study hacking --out studies/null --input rewards.jsonl --gold reward --gold-of NullModel=0",
    ];

    protected override IStudy Read(ParseResult parsed, SoftBonEngine engine)
    {
        string proxy = parsed.GetRequiredValue(_proxy);
        string gold = parsed.GetRequiredValue(_gold);
        string? goldOf = parsed.GetValue(_goldOf);
        string lambda = parsed.GetRequiredValue(_lambda);
        string n = parsed.GetRequiredValue(_n);
        RewardFile file = _file.Read(parsed, proxy, gold);
        var replaced = GoldByName.Read(goldOf);
        var model = new HackingModel([.. file.Prompts.Select(prompt => new GoldPrompt(
            FiniteAlphabet.Uniform(prompt.Columns[0]), replaced.Apply(prompt.Names, prompt.Columns[1])))]);
        replaced.RefuseUnused();
        return new HackingStudy
        {
            Parameters =
            [
                .. _file.Parameters(parsed, file),
                new("proxy", proxy),
                new("gold", gold),
                .. goldOf is null ? (StudyParameter[])[] : [new("gold-of", goldOf)],
                new("lambda", lambda),
                new("n", n),
            ],
            Model = model,
            Lambdas = Temperatures.OfFine(lambda, model.Spread),
            Ns = NumberLists.Integers(n),
            Labels = (Label(proxy, "proxy"), goldOf is null ? Label(gold, "gold") : $"{gold}, with {goldOf} (gold)"),
        };
    }

    private static string Label(string column, string role) => column == role ? $"{role} reward" : $"{column} ({role})";

    private static Option<string> Column(string option, string fallback, string what) => new(option)
    {
        HelpName = "NAME",
        Description = $"The file's column, or key of its candidates, of the reward {what}.",
        DefaultValueFactory = _ => fallback,
    };
}
