using System.Globalization;
using SoftBoN.Kernels.Plots.Report;
using SoftBoN.Kernels.Plots.Tables;
using SoftBoN.Tool.Study.Frame;
using SoftBoN.Tool.Study.Sources;

namespace SoftBoN.Tool.Study.Frontier;

/// <summary>How much reward each rule gets for how much divergence from the model, by exact laws.</summary>
internal sealed class FrontierStudy(IReadOnlyList<IRewardSource> sources, string lambdas, string ns) : IStudy
{
    public const string Tilt = "optimal tilt";
    public const string Soft = "soft best-of-n";
    public const string Race = "uniform race";
    public const string Best = "best-of-n";

    public static readonly TableShape Points = new(
        "frontier",
        "Every point, exact",
        new DataColumn("source", CellKind.Text, "the model and its rewards"),
        new DataColumn("rule", CellKind.Text, "the selection rule"),
        new DataColumn("n", CellKind.Number, "candidates; none for the optimal tilt"),
        new DataColumn("lambda", CellKind.Number, "temperature, in reward units"),
        new DataColumn("kl", CellKind.Number, "KL(law, model), nats"),
        new DataColumn("reward", CellKind.Number, "expected reward"),
        new DataColumn("excess_kl", CellKind.Number, "KL beyond the least at this reward, nats"),
        new DataColumn("kl_from_tilt", CellKind.Number, "KL(optimal tilt of this lambda, law), nats"));

    private readonly double[] _lambdas = NumberLists.Numbers(lambdas);
    private readonly int[] _ns = NumberLists.Integers(ns);

    public string Name => "frontier";

    public string Title => "Reward against divergence from the model";

    public IReadOnlyList<StudyParameter> Parameters => [new("lambda", lambdas), new("n", ns)];

    public IReadOnlyList<TableShape> Tables => [Points];

    public IReadOnlyList<StudySetting> Settings => [.. sources.SelectMany(SettingsOf)];

    public StudyFindings Conclude(StudyTables tables) => new(
        "Each rule draws n candidates and picks one; the optimal tilt is the law of most reward at its divergence.",
        [.. sources.Select(source => new ReportSection(
            $"On {source.Title}", [], FrontierCharts.Of(source, tables[Points]), [])),
            new ReportSection("Numbers", [], [], [tables[Points]])]);

    private IEnumerable<StudySetting> SettingsOf(IRewardSource source)
    {
        yield return new StudySetting($"{source.Name}, {Tilt}", rows =>
        {
            foreach (double lambda in _lambdas)
            {
                Add(rows, source, Tilt, double.NaN, lambda, source.OptimalTilt(lambda));
            }
        });
        foreach (int n in _ns)
        {
            yield return new StudySetting(Key(source, Best, n), rows =>
                Add(rows, source, Best, n, 0, source.BestOfN(n)));
            yield return OverLambda(source, Soft, n, lambda => source.SoftBestOfN(lambda, n));
            yield return OverLambda(source, Race, n, lambda => source.UniformRace(lambda, n));
        }
    }

    private StudySetting OverLambda(IRewardSource source, string rule, int n, Func<double, RulePoint> point) =>
        new(Key(source, rule, n), rows =>
        {
            foreach (double lambda in _lambdas)
            {
                Add(rows, source, rule, n, lambda, point(lambda));
            }
        });

    private static string Key(IRewardSource source, string rule, int n) =>
        string.Create(CultureInfo.InvariantCulture, $"{source.Name}, {rule}, n = {n}");

    private static void Add(
        SettingRows rows, IRewardSource source, string rule, double n, double lambda, RulePoint point) => rows.Add(
        Points,
        source.Name,
        rule,
        n,
        lambda,
        point.Kl,
        point.Reward,
        Math.Max(0, point.Kl - source.LeastKl(point.Reward)),
        point.KlFromTilt);
}
