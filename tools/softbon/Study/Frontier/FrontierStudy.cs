using System.Globalization;
using SoftBoN.Kernels.Plots.Report;
using SoftBoN.Kernels.Plots.Tables;
using SoftBoN.Tool.Study.Frame;
using SoftBoN.Tool.Study.Sources;

namespace SoftBoN.Tool.Study.Frontier;

/// <summary>How much reward each rule gets for how much divergence from the model.</summary>
internal sealed class FrontierStudy : IStudy
{
    public string Name => "frontier";

    public string Title => "Reward against divergence from the model";

    public required IReadOnlyList<StudyParameter> Parameters { get; init; }

    public required IReadOnlyList<IRewardSource> Sources { get; init; }

    /// <summary>The source that is simulated as well.</summary>
    public required AlphabetSource Alphabet { get; init; }

    public required string Lambda { get; init; }

    public required int[] Ns { get; init; }

    public required FrontierCheck Check { get; init; }

    public IReadOnlyList<TableShape> Tables => [FrontierTables.Points, FrontierTables.Simulated];

    public IReadOnlyList<StudySetting> Settings => [.. Sources.SelectMany(SettingsOf), .. Ns.Select(Simulated)];

    public StudyFindings Conclude(StudyTables tables)
    {
        DataTable points = tables[FrontierTables.Points];
        DataTable simulated = tables[FrontierTables.Simulated];
        return new StudyFindings(
            "A rule draws n candidates from the model and returns one of them. More reward costs more divergence from "
            + "the model; the optimal tilts pay the least for it, and no rule lies above them. Soft best-of-n runs "
            + "from the model itself (λ = ∞) to best-of-n (λ = 0) and stays close below that frontier.",
            [
                .. Sources.Select(source => new ReportSection(
                    $"On {source.Title}", [], FrontierCharts.Of(source, points), [])),
                new ReportSection("Simulation", [FrontierCheck.Summary(simulated)], [], [simulated]),
                new ReportSection("Numbers", [], [], [points]),
            ]);
    }

    private IEnumerable<StudySetting> SettingsOf(IRewardSource source)
    {
        double[] lambdas = Temperatures.Of(Lambda, source.Spread);
        yield return new StudySetting($"{source.Name}, {FrontierTables.Tilt}", rows =>
        {
            foreach (double lambda in lambdas)
            {
                Add(rows, source, FrontierTables.Tilt, double.NaN, lambda, source.OptimalTilt(lambda));
            }
        });
        foreach (int n in Ns)
        {
            yield return Point(source, FrontierTables.Best, n, [0], _ => source.BestOfN(n));
            yield return Point(source, FrontierTables.Soft, n, lambdas, lambda => source.SoftBestOfN(lambda, n));
            yield return Point(source, FrontierTables.Race, n, lambdas, lambda => source.UniformRace(lambda, n));
        }
    }

    private static StudySetting Point(
        IRewardSource source, string rule, int n, double[] lambdas, Func<double, RulePoint> point) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{source.Name}, {rule}, n = {n}"), rows =>
        {
            foreach (double lambda in lambdas)
            {
                Add(rows, source, rule, n, lambda, point(lambda));
            }
        });

    private static void Add(
        SettingRows rows, IRewardSource source, string rule, double n, double lambda, RulePoint point) => rows.Add(
        FrontierTables.Points,
        source.Name,
        rule,
        n,
        lambda,
        point.Kl,
        point.Reward,
        double.IsNaN(n) ? 0 : point.Kl - source.LeastKl(point.Reward),
        point.KlFromTilt);

    private StudySetting Simulated(int n) =>
        new(string.Create(CultureInfo.InvariantCulture, $"simulated, n = {n}"), rows =>
        {
            Check.Add(rows, Alphabet.Alphabet, FrontierTables.Best, n, 0);
            foreach (double lambda in Temperatures.Of(Lambda, Alphabet.Spread))
            {
                Check.Add(rows, Alphabet.Alphabet, FrontierTables.Soft, n, lambda);
                Check.Add(rows, Alphabet.Alphabet, FrontierTables.Race, n, lambda);
            }
        });
}
