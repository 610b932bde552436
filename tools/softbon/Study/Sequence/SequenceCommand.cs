using System.CommandLine;
using System.Globalization;
using SoftBoN.Kernels.Theory;
using SoftBoN.Tool.Commands;
using SoftBoN.Tool.Host;
using SoftBoN.Tool.Study.Frame;

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

    private readonly Option<string> _p = NumberLists.Values(
        "--p", "P,P,…", "Probabilities of independent symbols, separated by commas; they sum to 1.", "0.5,0.5", 0, 1);

    private readonly Option<string> _reward = NumberLists.Counts(
        "--reward", "Their rewards, whole numbers.", "0,1", MostReward, least: 0);

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
        Add(_p);
        Add(_reward);
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
        double[] p = NumberLists.AllNumbers(One(_p));
        int[] rewards = NumberLists.AllIntegers(One(_reward));
        FiniteAlphabet symbol = Symbol(p, rewards);
        (SymbolChain text, int order) = _text.Read(parsed);
        int[] blocks = NumberLists.Integers(One(_block));
        return new SequenceStudy
        {
            Parameters =
            [
                .. ((Option<string>[])[_m, _block, _p, _reward]).Select(option => Parameter(option, parsed)),
                .. _text.Parameters(parsed),
                .. ((Option<string>[])[_lambda, _kl, _gain]).Select(option => Parameter(option, parsed)),
                new("sequences", parsed.GetValue(_sequences)!.Value.ToString(CultureInfo.InvariantCulture)),
                new("seed", (parsed.GetValue(_seed) ?? 1).ToString(CultureInfo.InvariantCulture)),
            ],
            Sources =
            [
                new("independent", "independent symbols", new ExactChain(SymbolChain.Independent(p, rewards), lambda))
                {
                    Symbol = symbol,
                    Blocks = blocks,
                },

                // Blocks end in any of a state's many successors: beyond order 1 their laws have too many outcomes.
                new("text", "the characters of a text", new ExactChain(text, lambda))
                {
                    Blocks = order == 1 ? blocks : [],
                },
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

    private static FiniteAlphabet Symbol(double[] p, int[] rewards)
    {
        if (p.Length != rewards.Length)
        {
            throw new FaultException(
                $"--p has {p.Length} values and --reward {rewards.Length}; give one of each per symbol");
        }

        if (rewards.Distinct().Count() < 2)
        {
            throw new FaultException("--reward: all rewards are equal, so there is nothing to select; give two that differ");
        }

        try
        {
            return new FiniteAlphabet(p, Array.ConvertAll(rewards, reward => (double)reward));
        }
        catch (ArgumentException fault)
        {
            throw new FaultException($"--p and --reward: {FaultException.Reason(fault)}", fault);
        }
    }
}
