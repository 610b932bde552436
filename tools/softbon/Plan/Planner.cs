using SoftBoN.Kernels.Theory;
using SoftBoN.Tool.Study.Sources;

namespace SoftBoN.Tool.Plan;

/// <summary>
/// Finds the block length, the number of candidates and the temperature that reach a reward within a KL budget at the
/// least cost, by exact laws. At the temperature that spends the budget more candidates have more reward and cost more,
/// so each block length has one number to consider: the least.
/// </summary>
internal sealed class Planner(PlanGoal goal)
{
    private const double MostTypes = 2e4;
    private const double Tolerance = 1e-9;

    /// <summary>The choice for each block length that reaches the goal, cheapest first.</summary>
    public IReadOnlyList<PlanChoice> Choices() =>
        [.. InParallel.Map([.. Blocks()], Choose).OfType<PlanChoice>()
            .OrderBy(choice => choice.TotalMs).ThenBy(choice => choice.Cost.TokensProposed)];

    /// <summary>What a block length and a number of candidates come to where the budget is spent.</summary>
    public PlanChoice At(int block, int candidates)
    {
        double lambda = Temperature(block, candidates);
        var cost = new SequenceCost(goal.Length, block, candidates);
        return new(
            block,
            candidates,
            lambda,
            Figures(block, candidates, lambda),
            cost,
            cost.DecodeMs(goal.Decode, goal.Prompts),
            cost.RewardMs(goal.Reward, goal.Prompts));
    }

    /// <summary>For each number of blocks the shortest that make it: longer ones need more candidates.</summary>
    private IEnumerable<int> Blocks() => Enumerable.Range(1, goal.Length)
        .Select(rounds => ((goal.Length - 1) / rounds) + 1)
        .Distinct()
        .Where(IsInReach);

    private bool IsInReach(int block)
    {
        int levels = goal.Symbol.Rewards.ToArray().Distinct().Count();
        double types = 1;
        for (int i = 1; i < levels; i++)
        {
            types *= (double)(block + i) / i;
        }

        double necessary = Bounds.LogCandidatesNecessary(goal.Symbol, goal.Length, block, goal.RewardTarget);
        return types <= MostTypes && necessary <= Math.Log(goal.MostCandidates) + Tolerance;
    }

    private PlanChoice? Choose(int block) => LeastCount.Of(n => Reaches(block, n), goal.MostCandidates) is { } least
        ? At(block, least)
        : null;

    private bool Reaches(int block, int n) =>
        Meets(Figures(block, n, lambda: 0)) && Meets(Figures(block, n, Temperature(block, n)));

    private bool Meets(SequenceFigures figures) => figures.ExpectedReward >= goal.RewardTarget * goal.Length;

    /// <summary>The coldest temperature within the budget.</summary>
    private double Temperature(int block, int n)
    {
        bool Fits(double lambda) => Figures(block, n, lambda).KlSoftToReference <= goal.KlBudget;
        if (Fits(0))
        {
            return 0;
        }

        double high = goal.Symbol.RewardRange;
        while (!Fits(high))
        {
            high *= 2;
        }

        double low = high / 2;
        while (low > 0 && Fits(low))
        {
            (low, high) = (low / 2, low);
        }

        while (high > low * (1 + Tolerance))
        {
            double middle = (low + high) / 2;
            (low, high) = Fits(middle) ? (low, middle) : (middle, high);
        }

        return high;
    }

    private SequenceFigures Figures(int block, int n, double lambda) =>
        Sequences.SoftBestOfN(goal.Symbol, goal.Length, block, lambda, n);
}
