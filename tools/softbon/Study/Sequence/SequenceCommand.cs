using System.CommandLine;
using System.Globalization;
using SoftBoN.Kernels.Theory;
using SoftBoN.Tool.Commands;
using SoftBoN.Tool.Host;
using SoftBoN.Tool.Study.Frame;
using SoftBoN.Tool.Study.Sources;

namespace SoftBoN.Tool.Study.Sequence;

/// <summary>Blockwise against symbolwise sampling of sequences.</summary>
internal sealed class SequenceCommand : StudyKind
{
    private const int LongestSequence = 256;
    private const int MostReward = 16;
    private const int MostSequences = 1 << 20;

    private readonly Option<string> _m = NumberLists.Counts(
        "--m", "Sequence lengths, separated by commas.", "2,4,8,12,16,24,32,48", LongestSequence);

    private readonly Option<string> _block = NumberLists.Counts(
        "--block", "Block lengths between 1 and m, separated by commas.", "4", LongestSequence);

    private readonly AlphabetOptions _symbol = new(leastReward: 0, "0.5,0.5", "0,1");
    private readonly TextOptions _text = new();

    private readonly Option<string> _lambda = NumberLists.Values(
        "--lambda", "L", "The temperature, for the sum of rewards.", "1", 0.01, 100);

    private readonly Option<string> _kl = NumberLists.Values(
        "--kl", "X", "KL from the tilt, in nats per sequence, that counts as equal.", "0.1", 1e-6, 100);

    private readonly Option<string> _gain = NumberLists.Values(
        "--gain", "X", "Share of the tilt's gain in reward that counts as equal.", "0.9", 0.001, 0.999);

    private readonly Option<int?> _sequences = OptionKinds.Count(
        "--sequences", "N", "Sequences to sample for each rule.", MostSequences);

    private readonly Option<ulong?> _seed = OptionKinds.Seed("--seed", "The seed of what is sampled; 1 if not given.");

    public SequenceCommand(ToolHost host)
        : base(host, "sequence", "Candidates that whole sequences, blocks and symbols need, at equal KL or reward.")
    {
        _sequences.DefaultValueFactory = _ => 20_000;
        Add(_m);
        Add(_block);
        _symbol.AddTo(this);
        _text.AddTo(this);
        foreach (Option option in (Option[])[_lambda, _kl, _gain, _sequences, _seed])
        {
            Add(option);
        }

        AddEngineOptions();
    }

    public override IReadOnlyList<string> Examples =>
    [
        "softbon study sequence --out studies/sequence",
        "softbon study sequence --out studies/book --text book.txt --order 2 --letters etaoin --m 1,2,4,8,16",
    ];

    protected override IStudy Read(ParseResult parsed, SoftBonEngine engine)
    {
        string One(Option<string> option) => parsed.GetRequiredValue(option);
        double lambda = NumberLists.Single(_lambda, parsed);
        FiniteAlphabet symbol = _symbol.Read(parsed);
        var independent = SymbolChain.Independent(symbol.Probabilities.ToArray(), Whole(symbol));
        int[] blocks = NumberLists.Integers(One(_block));
        return new SequenceStudy
        {
            Parameters =
            [
                Parameter(_m, parsed),
                Parameter(_block, parsed),
                .. _symbol.Parameters(parsed),
                .. _text.Parameters(parsed),
                .. ((Option<string>[])[_lambda, _kl, _gain]).Select(option => Parameter(option, parsed)),
                new("sequences", parsed.GetValue(_sequences)!.Value.ToString(CultureInfo.InvariantCulture)),
                new("seed", (parsed.GetValue(_seed) ?? 1).ToString(CultureInfo.InvariantCulture)),
            ],
            Sources =
            [
                new("independent", "independent symbols", new ExactChain(independent, lambda))
                {
                    Symbol = symbol,
                    Blocks = blocks,
                },
                new("text", "the characters of a text", new ExactChain(_text.Read(parsed), lambda)) { Blocks = blocks },
            ],
            Lengths = NumberLists.Integers(One(_m)),
            Kl = NumberLists.Single(_kl, parsed),
            Gain = NumberLists.Single(_gain, parsed),
            Sequences = parsed.GetValue(_sequences)!.Value,
            Engine = engine,
            Seed = parsed.GetValue(_seed) ?? 1,
        };
    }

    private static StudyParameter Parameter(Option<string> option, ParseResult parsed) =>
        new(option.Name[2..], parsed.GetRequiredValue(option));

    /// <summary>The rewards as whole numbers: sums of them are few, and blocks are told apart by their sums.</summary>
    private static int[] Whole(FiniteAlphabet symbol)
    {
        if (symbol.RewardRange == 0)
        {
            throw new FaultException("--reward: all rewards are equal, so nothing is selected; give two that differ");
        }

        double[] rewards = symbol.Rewards.ToArray();
        foreach (double reward in rewards.Where(reward => reward > MostReward || reward != Math.Floor(reward)))
        {
            throw new FaultException(string.Create(
                CultureInfo.InvariantCulture,
                $"--reward: {reward} is no whole number from 0 to {MostReward}; scale rewards and --lambda alike"));
        }

        return Array.ConvertAll(rewards, reward => (int)reward);
    }
}
