using System.Globalization;
using SoftBoN.Kernels.Plots.Report;
using SoftBoN.Kernels.Plots.Tables;
using SoftBoN.Kernels.Theory;
using SoftBoN.Tool.Study.Frame;

namespace SoftBoN.Tool.Study.Convergence;

/// <summary>How fast soft best-of-n approaches the optimal tilt, on one instance and on the worst.</summary>
internal sealed class ConvergenceStudy : IStudy
{
    public string Name => "convergence";

    public string Title => "How soft best-of-n approaches the optimal tilt";

    public required IReadOnlyList<StudyParameter> Parameters { get; init; }

    public required FiniteAlphabet Alphabet { get; init; }

    public required double[] Lambdas { get; init; }

    public required int[] Ns { get; init; }

    public IReadOnlyList<TableShape> Tables =>
        [ConvergenceTables.Points, ConvergenceTables.Moving, ConvergenceTables.Constants];

    public IReadOnlyList<StudySetting> Settings => [.. Lambdas.Select(Setting)];

    public StudyFindings Conclude(StudyTables tables) => new(
        "With more candidates the law of soft best-of-n tends to the optimal tilt. The bounds hold for every model, "
        + "reward and n. On one fixed instance KL falls as 1/n², total variation and reward gap as 1/n, with constants "
        + "that are known; over all instances of one chi-square nothing better than 1/n can be had for KL.",
        [
            .. Lambdas.Select(lambda => new ReportSection(
                $"At λ = {NumberText.Brief(lambda)}", [], ConvergenceCharts.Of(lambda, tables), [])),
            new ReportSection("First order", [], [ConvergenceCharts.Constants(Lambdas, tables)], []),
            new ReportSection("Numbers", [], [], [.. tables.All]),
        ]);

    private StudySetting Setting(double lambda) =>
        new(string.Create(CultureInfo.InvariantCulture, $"λ = {lambda}"), rows =>
        {
            var point = new ConvergencePoint(Alphabet, lambda);
            rows.Add(ConvergenceTables.Constants, point.Constants());
            foreach (int n in Ns)
            {
                rows.Add(ConvergenceTables.Points, point.At(n));
                if (MovingInstance.At(point.ChiSquare, n) is { } moving)
                {
                    rows.Add(ConvergenceTables.Moving, Moving(moving, lambda, n));
                }
            }
        });

    private static Cell[] Moving(FiniteAlphabet instance, double lambda, int n)
    {
        double chiSquare = Tilt.ChiSquare(instance, 1);
        double kl = Divergence.Kl(ExactLaw.OptimalTilt(instance, 1), ExactLaw.SoftBestOfN(instance, 1, n));
        return [lambda, n, chiSquare, kl, Bounds.KlTiltToSoft(chiSquare, n), n * kl / chiSquare];
    }
}
