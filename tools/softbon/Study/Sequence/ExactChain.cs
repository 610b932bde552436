using System.Collections.Concurrent;
using SoftBoN.Kernels.Theory;
using SoftBoN.Tool.Study.Sources;

namespace SoftBoN.Tool.Study.Sequence;

/// <summary>
/// Exact figures of selection by blocks on a chain, by recursion from the end: a block's law given where it begins is
/// soft best-of-n on its outcomes, and by the chain rule rewards and divergences add up over blocks.
/// </summary>
internal sealed class ExactChain(SymbolChain chain, double lambda)
{
    private readonly ConcurrentDictionary<(int Length, int State), BlockOutcomes> _blocks = [];
    private readonly Dictionary<(BlockRule Rule, int Remaining), ChainFigures[]> _figures = [];

    public SymbolChain Chain => chain;

    public double Lambda => lambda;

    public ChainValue Value { get; } = new(chain, lambda);

    /// <summary>The optimal tilt of sequences of a length.</summary>
    public ChainFigures Tilt(int length) => Figures(length, new BlockRule(1, null));

    /// <summary>The model itself: one candidate is no choice.</summary>
    public ChainFigures Model(int length) => Figures(length, new BlockRule(1, 1));

    public ChainFigures Figures(int length, BlockRule rule) =>
        Step(chain.Start, length, rule, length <= rule.Block ? [] : Later(length - rule.Block, rule));

    /// <summary>The law of the sum of rewards, from 0 up.</summary>
    public double[] Totals(int length, BlockRule rule)
    {
        var mass = new double[chain.States, (length * chain.HighestReward) + 1];
        mass[chain.Start, 0] = 1;
        for (int remaining = length; remaining > 0; remaining -= Math.Min(rule.Block, remaining))
        {
            mass = Push(mass, remaining, rule);
        }

        return [.. Enumerable.Range(0, mass.GetLength(1)).Select(total =>
            Enumerable.Range(0, chain.States).Sum(state => mass[state, total]))];
    }

    /// <summary>Figures of what remains, from every state.</summary>
    private ChainFigures[] Later(int remaining, BlockRule rule)
    {
        if (!_figures.TryGetValue((rule, remaining), out ChainFigures[]? figures))
        {
            ChainFigures[] later = remaining <= rule.Block ? [] : Later(remaining - rule.Block, rule);
            figures = InParallel.Map([.. Enumerable.Range(0, chain.States)], state =>
                Step(state, remaining, rule, later));
            _figures.Add((rule, remaining), figures);
        }

        return figures;
    }

    private ChainFigures Step(int state, int remaining, BlockRule rule, ChainFigures[] later)
    {
        (BlockOutcomes outcomes, double[] tilt, double[] law) = Select(state, remaining, rule);
        double reward = 0;
        double fromTilt = Divergence.Kl(tilt, law);
        double fromModel = Divergence.Kl(law, outcomes.Probabilities);
        for (int i = 0; i < law.Length; i++)
        {
            ChainFigures rest = later.Length > 0 ? later[outcomes.Ends[i]] : default;
            reward += law[i] * (outcomes.Rewards[i] + rest.Reward);
            fromTilt += tilt[i] * rest.KlFromTilt;
            fromModel += law[i] * rest.KlFromModel;
        }

        return new(reward, fromTilt, fromModel);
    }

    private (BlockOutcomes Outcomes, double[] Tilt, double[] Law) Select(int state, int remaining, BlockRule rule)
    {
        int length = Math.Min(rule.Block, remaining);
        BlockOutcomes outcomes = _blocks.GetOrAdd(
            (length, state), key => BlockOutcomes.From(chain, key.State, key.Length));
        double[] value = Value.Of(remaining - length);
        double[] rewards = Array.ConvertAll(outcomes.Rewards, reward => (double)reward);
        double[] guided = [.. rewards.Select((reward, i) => reward + (lambda * value[outcomes.Ends[i]]))];

        // The recursion's rounding grows with the block; the alphabet wants a sum of 1.
        double total = outcomes.Probabilities.Sum();
        double[] masses = Array.ConvertAll(outcomes.Probabilities, mass => mass / total);
        double[] tilt = ExactLaw.OptimalTilt(new FiniteAlphabet(masses, guided), lambda);
        var seen = new FiniteAlphabet(masses, rule.Guidance == Guidance.Value ? guided : rewards);
        return (outcomes with { Probabilities = masses }, tilt, rule.Candidates is { } n
            ? ExactLaw.SoftBestOfN(seen, lambda, n)
            : ExactLaw.OptimalTilt(seen, lambda));
    }

    private double[,] Push(double[,] mass, int remaining, BlockRule rule)
    {
        int width = mass.GetLength(1);
        var next = new double[chain.States, width];
        for (int state = 0; state < chain.States; state++)
        {
            if (!Enumerable.Range(0, width).Any(total => mass[state, total] > 0))
            {
                continue;
            }

            (BlockOutcomes outcomes, _, double[] law) = Select(state, remaining, rule);
            for (int i = 0; i < law.Length; i++)
            {
                for (int total = 0; total + outcomes.Rewards[i] < width; total++)
                {
                    next[outcomes.Ends[i], total + outcomes.Rewards[i]] += mass[state, total] * law[i];
                }
            }
        }

        return next;
    }
}
