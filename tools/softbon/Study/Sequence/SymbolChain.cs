namespace SoftBoN.Tool.Study.Sequence;

/// <summary>
/// A model of sequences: the law of the next symbol depends on a state, and each symbol leads from a state to another.
/// One state makes symbols independent. A sequence's reward is the sum of its symbols' rewards.
/// </summary>
internal sealed class SymbolChain
{
    /// <summary>The state in which a sequence begins.</summary>
    public int Start { get; init; }

    /// <summary>Probabilities, [state][symbol]; each row sums to 1.</summary>
    public required double[][] Law { get; init; }

    /// <summary>Where a symbol leads, [state][symbol].</summary>
    public required int[][] Next { get; init; }

    /// <summary>Whole rewards of at least 0, one per symbol.</summary>
    public required int[] Rewards { get; init; }

    public int States => Law.Length;

    public int Symbols => Rewards.Length;

    public int HighestReward => Rewards.Max();

    /// <summary>Independent symbols.</summary>
    public static SymbolChain Independent(double[] probabilities, int[] rewards) => new()
    {
        Law = [probabilities],
        Next = [new int[probabilities.Length]],
        Rewards = rewards,
    };
}
