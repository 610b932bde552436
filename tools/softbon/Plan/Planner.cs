using SoftBoN.Kernels.Theory;
using SoftBoN.Tool.Study.Sources;

namespace SoftBoN.Tool.Plan;

/// <summary>
/// Finds the block length, the number of candidates and the temperature that reach a reward within a KL budget at the
/// least cost, by exact laws. With a number of candidates the coldest temperature within the budget has the most
/// reward, and more candidates cost more, so each block length has one choice to consider: the least number.
/// </summary>
internal sealed class Planner(PlanGoal goal)
{
    private const double MostTypes = 2e4;
    private const double Tolerance = 1e-9;
    private const int MostSteps = 200;

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

    /// <summary>For each number of blocks the shortest that make it: longer ones have more to choose from.</summary>
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

    /// <summary>
    /// The least number of candidates. At one temperature reward and divergence rise with n, but the reward at a
    /// divergence may fall: best-of-2 can lie on the frontier, and soft best-of-3 below it. So none is passed over
    /// unless even the temperature that spends the budget with fewer candidates, a colder one, has too little reward.
    /// </summary>
    private PlanChoice? Choose(int block)
    {
        int? n = LeastCount.Of(candidates => Meets(Figures(block, candidates, 0)), goal.MostCandidates);
        for (int steps = 0; n is { } candidates; steps++)
        {
            PlanChoice choice = At(block, candidates);
            if (Meets(choice.Figures))
            {
                return choice;
            }

            n = LeastCount.Of(
                steps < MostSteps
                    ? more => Meets(Figures(block, more, choice.Lambda))
                    : more => Meets(At(block, more).Figures),
                goal.MostCandidates,
                candidates + 1);
        }

        return null;
    }

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
