using System.Globalization;
using SoftBoN.Kernels.Plots.Charts;
using SoftBoN.Tool.Plan;
using SoftBoN.Tool.Study.Sequence;
using SoftBoN.Tool.Study.Sources;

namespace SoftBoN.Tool.Study.Throughput;

/// <summary>
/// The cost of each granularity at equal KL from the tilt against the ratio of what a reward evaluation and a decoded
/// token cost, in units of a decoded token: passes of the model plus ratio times candidates scored.
/// </summary>
internal sealed class Crossovers(ThroughputDesign design)
{
    private const int MostLines = 7;

    private static readonly double[] Ratios =
        [.. Enumerable.Range(-12, 37).Select(i => Math.Pow(10, i / 6.0))];

    private static readonly Axis Ratio = new("cost of a reward evaluation / cost of a decoded token", AxisScale.Log);

    private int Longest => design.Lengths.Max();

    /// <summary>The cost over the ratio, a line per block length.</summary>
    public Chart Costs()
    {
        SequenceCost[] rules = [.. Rules(
            Enumerable.Range(0, MostLines - 1).Select(i => 1 << i).Where(block => block < Longest).Append(Longest),
            design.Lambda)];
        return new(
            "crossover",
            string.Create(CultureInfo.InvariantCulture, $"Cost of {Longest} symbols at equal KL from the tilt"),
            "By exact counts: the least n of each block length. Lines cross where longer blocks begin to pay.",
            Ratio,
            new Axis("decoded tokens' worth", AxisScale.Log),
            [.. rules.Select((cost, i) => new Series(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{SequenceTables.RuleName(cost.Block, Longest)}, n = {cost.Candidates}"),
                [.. Ratios.Select(ratio => new ChartPoint(ratio, Cost(cost, ratio)))],
                Palette.Nth(i))
            {
                Dash = i % 2 == 0 ? Dash.Solid : Dash.Dashed,
            })]);
    }

    /// <summary>The cheapest block length over the ratio: a weaker tilt has longer blocks.</summary>
    public Chart Best() => new(
        "best-block",
        string.Create(CultureInfo.InvariantCulture, $"The cheapest block length for {Longest} symbols"),
        "Where a reward is cheap, symbols are selected one by one; the dearer it is, and the weaker the tilt, the "
        + "longer the block.",
        Ratio,
        new Axis("block length, symbols") { Least = 0 },
        [.. ((double[])[0.5, 1, 2, 4]).Select((times, i) => new Series(
            Temperatures.Show(design.Lambda * times), BestAt(design.Lambda * times), Palette.Nth(i))
        {
            Marker = Palette.NthMarker(i),
        })]);

    private ChartPoint[] BestAt(double lambda)
    {
        SequenceCost[] rules = [.. Rules(
            Enumerable.Range(1, Longest).Select(rounds => ((Longest - 1) / rounds) + 1).Distinct(), lambda)];
        return [.. Ratios.Select(ratio => rules.MinBy(cost => Cost(cost, ratio)))
            .Zip(Ratios, (best, ratio) => new ChartPoint(
                ratio, best.Block, string.Create(CultureInfo.InvariantCulture, $"n = {best.Candidates}")))];
    }

    private IEnumerable<SequenceCost> Rules(IEnumerable<int> blocks, double lambda) =>
        from block in blocks
        let n = design.Least(Longest, block, lambda, int.MaxValue)
        where n is not null
        select new SequenceCost(Longest, block, n.Value);

    private static double Cost(SequenceCost cost, double ratio) =>
        cost.TokensDecoded + (ratio * cost.RewardEvaluations);
}
