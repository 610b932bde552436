namespace SoftBoN.Tool.Study.Sequence;

/// <summary>
/// Blocks of symbols by what matters of them: their reward and the state they end in. A selector that looks at these
/// alone leaves the law inside each outcome as it is.
/// </summary>
/// <param name="Probabilities">The outcomes' probabilities, all positive.</param>
/// <param name="Rewards">Their rewards.</param>
/// <param name="Ends">The states they end in.</param>
internal sealed record BlockOutcomes(double[] Probabilities, int[] Rewards, int[] Ends)
{
    /// <summary>All outcomes of blocks of a length from a state, by recursion over the symbols.</summary>
    public static BlockOutcomes From(SymbolChain chain, int start, int length)
    {
        int most = length * chain.HighestReward;
        var mass = new double[chain.States, most + 1];
        mass[start, 0] = 1;
        for (int step = 0; step < length; step++)
        {
            mass = Extend(chain, mass);
        }

        var outcomes = new List<(double Mass, int Reward, int End)>();
        for (int end = 0; end < chain.States; end++)
        {
            for (int reward = 0; reward <= most; reward++)
            {
                if (mass[end, reward] > 0)
                {
                    outcomes.Add((mass[end, reward], reward, end));
                }
            }
        }

        return new(
            [.. outcomes.Select(one => one.Mass)],
            [.. outcomes.Select(one => one.Reward)],
            [.. outcomes.Select(one => one.End)]);
    }

    private static double[,] Extend(SymbolChain chain, double[,] mass)
    {
        int width = mass.GetLength(1);
        var longer = new double[chain.States, width];
        for (int state = 0; state < chain.States; state++)
        {
            for (int symbol = 0; symbol < chain.Symbols; symbol++)
            {
                double probability = chain.Law[state][symbol];
                int gain = chain.Rewards[symbol];
                for (int reward = 0; probability > 0 && reward + gain < width; reward++)
                {
                    longer[chain.Next[state][symbol], reward + gain] += probability * mass[state, reward];
                }
            }
        }

        return longer;
    }
}
