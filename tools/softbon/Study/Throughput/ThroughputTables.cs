using SoftBoN.Kernels.Plots.Tables;

namespace SoftBoN.Tool.Study.Throughput;

/// <summary>What the study of throughput tells.</summary>
internal static class ThroughputTables
{
    /// <summary>Settings that the cost model is fitted to.</summary>
    public const string Fitted = "fit";

    /// <summary>Settings that it has not seen.</summary>
    public const string HeldOut = "held-out";

    /// <summary>Settings of equal KL over m.</summary>
    public const string Equal = "equal-kl";

    public static readonly TableShape Measured = new(
        "measured",
        "Measured cost",
        new DataColumn("device", CellKind.Text, "what draws tokens and selects"),
        new DataColumn("use", CellKind.Text, "fit, held-out, or equal-kl: the least n at equal KL from the tilt"),
        new DataColumn("m", CellKind.Integer, "tokens per sequence"),
        new DataColumn("block", CellKind.Integer, "block length: 1 is symbolwise, m blockwise"),
        new DataColumn("n", CellKind.Integer, "candidates per block"),
        new DataColumn("vocabulary", CellKind.Integer, "V, tokens to draw from"),
        new DataColumn("prompts", CellKind.Integer, "sequences side by side"),
        new DataColumn("tokens_proposed", CellKind.Number, "tokens drawn, all prompts"),
        new DataColumn("tokens_decoded", CellKind.Number, "passes of the model, all prompts"),
        new DataColumn("reward_evaluations", CellKind.Number, "candidates scored, all prompts"),
        new DataColumn("rounds", CellKind.Integer, "selections one after the other"),
        new DataColumn("draw_ms", CellKind.Number, "kernels that draw tokens, milliseconds"),
        new DataColumn("select_ms", CellKind.Number, "kernels that select, milliseconds"),
        new DataColumn("kernel_ms", CellKind.Number, "both, milliseconds"),
        new DataColumn("wall_ms", CellKind.Number, "wall time of the library's loop, milliseconds"),
        new DataColumn("decode_ms", CellKind.Number, "the model's time, from --decode-ms, milliseconds"),
        new DataColumn("reward_ms", CellKind.Number, "the reward's time, from --reward-ms, milliseconds"),
        new DataColumn("total_ms", CellKind.Number, "wall, model and reward, milliseconds"),
        new DataColumn("reward", CellKind.Number, "mean reward per token that was sampled"));
}
