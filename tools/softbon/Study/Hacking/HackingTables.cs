using SoftBoN.Kernels.Plots.Tables;

namespace SoftBoN.Tool.Study.Hacking;

/// <summary>The tables of the study.</summary>
internal static class HackingTables
{
    public static readonly TableShape Points = new(
        "hacking",
        "Soft best-of-n by the proxy: means over prompts, by exact laws",
        new DataColumn("n", CellKind.Integer, "candidates"),
        new DataColumn("lambda", CellKind.Number, "temperature, in units of the proxy"),
        new DataColumn("kl", CellKind.Number, "KL(law, model), nats"),
        new DataColumn("proxy", CellKind.Number, "expected proxy reward"),
        new DataColumn("gold", CellKind.Number, "expected gold reward"));

    public static readonly TableShape Hedge = new(
        "hedge",
        "HedgeTune: the temperature of most gold for each n, beside best-of-n",
        new DataColumn("n", CellKind.Integer, "candidates"),
        new DataColumn("lambda", CellKind.Number, "temperature, in units of the proxy"),
        new DataColumn("kl", CellKind.Number, "KL(law, model), nats"),
        new DataColumn("proxy", CellKind.Number, "expected proxy reward"),
        new DataColumn("gold", CellKind.Number, "expected gold reward"),
        new DataColumn("best_of_n_proxy", CellKind.Number, "expected proxy reward of best-of-n"),
        new DataColumn("best_of_n_gold", CellKind.Number, "expected gold reward of best-of-n"));
}
