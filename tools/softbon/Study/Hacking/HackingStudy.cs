using System.Globalization;
using SoftBoN.Kernels.Plots.Report;
using SoftBoN.Kernels.Plots.Tables;
using SoftBoN.Tool.Study.Frame;

namespace SoftBoN.Tool.Study.Hacking;

/// <summary>What selection by a proxy does to the reward that counts.</summary>
internal sealed class HackingStudy : IStudy
{
    public string Name => "hacking";

    public string Title => "Gold reward under selection by a proxy";

    public required IReadOnlyList<StudyParameter> Parameters { get; init; }

    public required HackingModel Model { get; init; }

    public required double[] Lambdas { get; init; }

    public required int[] Ns { get; init; }

    /// <summary>What the axes call the two rewards.</summary>
    public required (string Proxy, string Gold) Labels { get; init; }

    public IReadOnlyList<TableShape> Tables => [HackingTables.Points, HackingTables.Hedge];

    public IReadOnlyList<StudySetting> Settings => [.. Ns.Select(Setting)];

    public StudyFindings Conclude(StudyTables tables) => new(
        "Candidates are selected by a proxy reward, and a gold reward is what counts. A colder selection always raises "
        + "the proxy; the gold reward may rise first and then fall, once candidates win that play to the proxy. "
        + "HedgeTune finds the temperature at which the gold reward is highest: the root of the expected covariance of "
        + "gold and proxy under the selection.",
        [
            new ReportSection("Plots", Sentences(tables[HackingTables.Hedge]), HackingCharts.Of(tables, Labels), []),
            new ReportSection("Numbers", [], [], [tables[HackingTables.Hedge], tables[HackingTables.Points]]),
        ]);

    private StudySetting Setting(int n) => new(string.Create(CultureInfo.InvariantCulture, $"n = {n}"), rows =>
    {
        foreach (double lambda in Lambdas)
        {
            HackingPoint point = Model.SoftBestOfN(lambda, n);
            rows.Add(HackingTables.Points, n, lambda, point.Kl, point.Proxy, point.Gold);
        }

        double best = Model.HedgeLambda(n);
        HackingPoint hedge = Model.SoftBestOfN(best, n);
        HackingPoint bestOfN = Model.SoftBestOfN(0, n);
        rows.Add(
            HackingTables.Hedge, n, best, hedge.Kl, hedge.Proxy, hedge.Gold, bestOfN.Proxy, bestOfN.Gold);
    });

    private static List<string> Sentences(DataTable hedge)
    {
        Cell[] last = hedge.Rows[^1];
        return
        [
            $"With n = {last[0]} the gold reward is highest, {NumberText.Brief(last[4].Number)}, at λ = "
            + $"{NumberText.Brief(last[1].Number)}; best-of-n has {NumberText.Brief(last[6].Number)}.",
        ];
    }
}
