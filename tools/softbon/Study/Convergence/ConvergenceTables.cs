using SoftBoN.Kernels.Plots.Tables;

namespace SoftBoN.Tool.Study.Convergence;

/// <summary>The tables of the study.</summary>
internal static class ConvergenceTables
{
    public static readonly TableShape Points = new(
        "convergence",
        "Distances to the optimal tilt, their bounds and their first-order terms",
        new DataColumn("lambda", CellKind.Number, "temperature, in reward units"),
        new DataColumn("n", CellKind.Integer, "candidates"),
        new DataColumn("kl", CellKind.Number, "KL(tilt, soft best-of-n), nats"),
        new DataColumn("kl_bound", CellKind.Number, "B1: log(1 + chi2/n), nats"),
        new DataColumn("kl_range_bound", CellKind.Number, "B3: sinh(D / (2 lambda))^2 / n, nats"),
        new DataColumn("kl_first_order", CellKind.Number, "A4 / n^2, nats"),
        new DataColumn("kl_race", CellKind.Number, "KL(tilt, uniform race), nats"),
        new DataColumn("max_divergence", CellKind.Number, "log of the largest ratio of tilt to soft best-of-n, nats"),
        new DataColumn("max_divergence_bound", CellKind.Number, "B2: log(1 + (w_max/Z - 1) / n), nats"),
        new DataColumn("tv", CellKind.Number, "total variation between tilt and soft best-of-n"),
        new DataColumn("tv_bound", CellKind.Number, "root of half of B1, by Pinsker; at most 1"),
        new DataColumn("tv_first_order", CellKind.Number, "A3 / n"),
        new DataColumn("gap", CellKind.Number, "(E*[r] - E_n[r]) / E*[r]"),
        new DataColumn("gap_bound", CellKind.Number, "B4: (E*[r w] / (Z E*[r]) - 1) / n"),
        new DataColumn("gap_peak_bound", CellKind.Number, "B4, coarser: (w_max/Z - 1) / n"),
        new DataColumn("gap_range_bound", CellKind.Number, "B4, coarsest: (exp(D / lambda) - 1) / n"),
        new DataColumn("gap_first_order", CellKind.Number, "A2 / (n E*[r])"));

    public static readonly TableShape Moving = new(
        "minimax",
        "Two outcomes that move with n, at the chi-square of the fixed instance",
        new DataColumn("lambda", CellKind.Number, "temperature of the fixed instance"),
        new DataColumn("n", CellKind.Integer, "candidates"),
        new DataColumn("chi_square", CellKind.Number, "chi-square(tilt, model) of the two outcomes"),
        new DataColumn("kl", CellKind.Number, "KL(tilt, soft best-of-n), nats"),
        new DataColumn("kl_bound", CellKind.Number, "B1 on the two outcomes, nats"),
        new DataColumn("scaled_kl", CellKind.Number, "n KL / chi-square"));

    public static readonly TableShape Constants = new(
        "constants",
        "First-order constants",
        new DataColumn("lambda", CellKind.Number, "temperature, in reward units"),
        new DataColumn("chi_square", CellKind.Number, "chi-square(tilt, model)"),
        new DataColumn("peak_ratio", CellKind.Number, "w_max / Z"),
        new DataColumn("tilt_reward", CellKind.Number, "E*[r]"),
        new DataColumn("kl_constant", CellKind.Number, "A4: limit of n^2 KL"),
        new DataColumn("tv_constant", CellKind.Number, "A3: limit of n TV"),
        new DataColumn("gap_constant", CellKind.Number, "A2: limit of n (E*[r] - E_n[r])"));
}
