using SoftBoN.Kernels.Theory;

namespace SoftBoN.Tool.Plan;

/// <summary>What a plan has to reach, and what things cost.</summary>
/// <param name="Symbol">The law and the rewards of one symbol; symbols are independent.</param>
/// <param name="Length">m, symbols per sequence.</param>
/// <param name="KlBudget">The most KL(law, model) of a sequence, nats.</param>
/// <param name="RewardTarget">The least expected reward per symbol.</param>
internal sealed record PlanGoal(FiniteAlphabet Symbol, int Length, double KlBudget, double RewardTarget)
{
    public required BatchCost Decode { get; init; }

    public required BatchCost Reward { get; init; }

    /// <summary>Sequences side by side.</summary>
    public int Prompts { get; init; } = 1;

    /// <summary>The most candidates per block.</summary>
    public int MostCandidates { get; init; } = 1 << 16;

    /// <summary>The most expected reward per symbol that any law within the budget has: that of a tilt.</summary>
    public static double Frontier(FiniteAlphabet symbol, int length, double klBudget)
    {
        const int Steps = 60;
        double low = symbol.ExpectedReward(symbol.Probabilities);
        double high = symbol.ExpectedReward(ExactLaw.OptimalTilt(symbol, 0));
        if (Tilt.RateFunction(symbol, high) * length <= klBudget)
        {
            return high;
        }

        for (int i = 0; i < Steps; i++)
        {
            double middle = (low + high) / 2;
            (low, high) = Tilt.RateFunction(symbol, middle) * length <= klBudget ? (middle, high) : (low, middle);
        }

        return low;
    }
}

/// <summary>A block length with the fewest candidates that reach the goal.</summary>
/// <param name="Block">The block length.</param>
/// <param name="Candidates">Candidates per block.</param>
/// <param name="Lambda">The temperature that spends the budget; 0 where the budget does not bind.</param>
/// <param name="Figures">Reward and divergences of a sequence.</param>
/// <param name="Cost">What one sequence takes.</param>
/// <param name="DecodeMs">The model's time for all sequences side by side.</param>
/// <param name="RewardMs">The reward's time for them.</param>
internal sealed record PlanChoice(
    int Block,
    int Candidates,
    double Lambda,
    SequenceFigures Figures,
    SequenceCost Cost,
    double DecodeMs,
    double RewardMs)
{
    public double TotalMs => DecodeMs + RewardMs;
}
