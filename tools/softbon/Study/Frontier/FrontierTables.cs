using SoftBoN.Kernels.Plots.Tables;

namespace SoftBoN.Tool.Study.Frontier;

/// <summary>The words and tables of the study.</summary>
internal static class FrontierTables
{
    public const string Tilt = "optimal tilt";
    public const string Soft = "soft best-of-n";
    public const string Race = "uniform race";
    public const string Best = "best-of-n";

    public static readonly TableShape Points = new(
        "frontier",
        "Every point, by exact laws",
        new DataColumn("source", CellKind.Text, "the model and its rewards"),
        new DataColumn("rule", CellKind.Text, "the selection rule"),
        new DataColumn("n", CellKind.Number, "candidates; none for the optimal tilt"),
        new DataColumn("lambda", CellKind.Number, "temperature, in reward units"),
        new DataColumn("kl", CellKind.Number, "KL(law, model), nats"),
        new DataColumn("reward", CellKind.Number, "expected reward"),
        new DataColumn("excess_kl", CellKind.Number, "KL beyond the least at this reward, nats"),
        new DataColumn("kl_from_tilt", CellKind.Number, "KL(optimal tilt of this lambda, law), nats"));

    public static readonly TableShape Simulated = new(
        "simulated",
        "The alphabet simulated by the library's kernels, against the exact laws",
        new DataColumn("rule", CellKind.Text, "the selection rule"),
        new DataColumn("n", CellKind.Integer, "candidates"),
        new DataColumn("lambda", CellKind.Number, "temperature, in reward units"),
        new DataColumn("draws", CellKind.Integer, "selections"),
        new DataColumn("reward", CellKind.Number, "exact expected reward"),
        new DataColumn("simulated_reward", CellKind.Number, "mean reward of the selections"),
        new DataColumn("chi_square", CellKind.Number, "Pearson's statistic of the outcomes"),
        new DataColumn("freedom", CellKind.Integer, "degrees of freedom of chi_square"),
        new DataColumn("normal", CellKind.Number, "chi_square as a standard normal value"));
}
