namespace SoftBoN.Tool.Study.Throughput;

/// <summary>
/// What the library itself takes for a setting, in milliseconds, as a sum of six counts times what each costs: calls,
/// rows of logits, logits, noise, tokens proposed, candidates scored.
/// </summary>
internal sealed class CostModel
{
    /// <summary>What the coefficients are of.</summary>
    public static readonly IReadOnlyList<string> Terms =
        ["call", "row read", "logit read", "token's noise", "token proposed", "candidate scored"];

    private const int Sweeps = 4000;

    private CostModel(double[] coefficients) => Coefficients = coefficients;

    /// <summary>Milliseconds per unit, at least 0.</summary>
    public IReadOnlyList<double> Coefficients { get; }

    /// <summary>
    /// Fits measured times by least squares of relative errors, by coordinate descent, with no cost below 0.
    /// </summary>
    public static CostModel Fit(IReadOnlyList<(Workload Work, double Ms)> measured)
    {
        double[][] rows = [.. measured.Select(one => Array.ConvertAll(Counts(one.Work), count => count / one.Ms))];
        double[] coefficients = new double[Terms.Count];
        for (int sweep = 0; sweep < Sweeps; sweep++)
        {
            for (int term = 0; term < coefficients.Length; term++)
            {
                (double along, double square) = (0, 0);
                foreach (double[] row in rows)
                {
                    double others = row.Zip(coefficients, (count, cost) => count * cost).Sum()
                        - (row[term] * coefficients[term]);
                    along += row[term] * (1 - others);
                    square += row[term] * row[term];
                }

                coefficients[term] = square > 0 ? Math.Max(0, along / square) : 0;
            }
        }

        return new CostModel(coefficients);
    }

    /// <summary>Milliseconds for a setting.</summary>
    public double Predict(Workload work) => Counts(work).Zip(Coefficients, (count, cost) => count * cost).Sum();

    private static double[] Counts(Workload work) =>
    [
        work.Calls,
        work.RowsRead,
        work.LogitsRead,
        work.Noise,
        work.Prompts * work.Cost.TokensProposed,
        work.Prompts * work.Cost.RewardEvaluations,
    ];
}
