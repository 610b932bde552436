using System.Globalization;
using SoftBoN.Kernels.Plots.Charts;
using SoftBoN.Tool.Plan;
using SoftBoN.Tool.Study.Sequence;

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
        SequenceCost[] rules = [.. Rules(Longest).Take(MostLines)];
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

    /// <summary>The cheapest block length over the ratio, a line per sequence length.</summary>
    public Chart Best()
    {
        int[] lengths = [.. design.Lengths.Where(length => length > 1).TakeLast(MostLines - 2)];
        return new(
            "best-block",
            "The cheapest block length",
            "Where a reward is cheap, symbols are selected one by one; the dearer it is, the longer the block.",
            Ratio,
            new Axis("block length, symbols", AxisScale.Log),
            [.. lengths.Select((length, i) => new Series(
                string.Create(CultureInfo.InvariantCulture, $"m = {length}"), BestOf(length), Palette.Nth(i))
            {
                Marker = Palette.NthMarker(i),
            })]);
    }

    private ChartPoint[] BestOf(int length)
    {
        SequenceCost[] rules = [.. Rules(length)];
        return [.. Ratios.Select(ratio => new ChartPoint(ratio, rules.MinBy(cost => Cost(cost, ratio)).Block))];
    }

    private IEnumerable<SequenceCost> Rules(int length) =>
        from block in Enumerable.Range(0, 12).Select(i => 1 << i).Where(block => block < length).Append(length)
        let n = design.Least(length, block, int.MaxValue)
        where n is not null
        select new SequenceCost(length, block, n.Value);

    private static double Cost(SequenceCost cost, double ratio) => cost.TokensDecoded + (ratio * cost.RewardEvaluations);
}
