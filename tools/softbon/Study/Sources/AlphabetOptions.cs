using System.CommandLine;
using SoftBoN.Kernels.Theory;
using SoftBoN.Tool.Host;
using SoftBoN.Tool.Study.Frame;

namespace SoftBoN.Tool.Study.Sources;

/// <summary>A finite alphabet on the command line.</summary>
internal sealed class AlphabetOptions
{
    private readonly Option<string> _probabilities;
    private readonly Option<string> _rewards;

    /// <param name="leastReward">The smallest reward that is taken.</param>
    /// <param name="p">The probabilities where none are given.</param>
    /// <param name="reward">The rewards where none are given.</param>
    public AlphabetOptions(double leastReward, string p = "0.5,0.3,0.2", string reward = "0,0.5,1")
    {
        _probabilities = NumberLists.Values(
            "--p", "P,P,…", "The alphabet's probabilities, separated by commas; they sum to 1.", p, 0, 1);
        _rewards = NumberLists.Values(
            "--reward", "R,R,…", "The alphabet's rewards, one per probability.", reward, leastReward, double.MaxValue);
    }

    public void AddTo(Command command)
    {
        command.Add(_probabilities);
        command.Add(_rewards);
    }

    public IReadOnlyList<StudyParameter> Parameters(ParseResult parsed) =>
        [new("p", parsed.GetRequiredValue(_probabilities)), new("reward", parsed.GetRequiredValue(_rewards))];

    public FiniteAlphabet Read(ParseResult parsed)
    {
        double[] probabilities = NumberLists.AllNumbers(parsed.GetRequiredValue(_probabilities));
        double[] rewards = NumberLists.AllNumbers(parsed.GetRequiredValue(_rewards));
        return Alphabet(probabilities, rewards);
    }

    /// <summary>The alphabet of what --p and --reward say; a fault where they do not go together.</summary>
    public static FiniteAlphabet Alphabet(double[] probabilities, double[] rewards)
    {
        if (probabilities.Length != rewards.Length)
        {
            throw new FaultException(
                $"--p has {probabilities.Length} values and --reward {rewards.Length}; give one of each per outcome");
        }

        try
        {
            return new FiniteAlphabet(probabilities, rewards);
        }
        catch (ArgumentException fault)
        {
            throw new FaultException($"--p and --reward: {FaultException.Reason(fault)}", fault);
        }
    }
}
