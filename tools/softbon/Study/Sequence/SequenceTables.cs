using SoftBoN.Kernels.Plots.Tables;

namespace SoftBoN.Tool.Study.Sequence;

/// <summary>What the study of sequences tells.</summary>
internal static class SequenceTables
{
    public const string EqualKl = "kl";
    public const string EqualGain = "gain";

    public static readonly TableShape Candidates = new(
        "candidates",
        "Candidates needed, exact",
        new DataColumn("source", CellKind.Text, "the model"),
        new DataColumn("target", CellKind.Text, "what is held equal: kl from the tilt, or the share of its gain"),
        new DataColumn("m", CellKind.Integer, "symbols per sequence"),
        new DataColumn("block", CellKind.Integer, "block length: 1 is symbolwise, m blockwise"),
        new DataColumn("n", CellKind.Number, "least candidates per block; none beyond 2^31 - 1"),
        new DataColumn("n_sufficient", CellKind.Number, "candidates that suffice by the bound; independent symbols"),
        new DataColumn("n_necessary", CellKind.Number, "candidates that every rule needs; independent symbols"),
        new DataColumn("tokens_proposed", CellKind.Number, "tokens drawn per sequence"),
        new DataColumn("tokens_decoded", CellKind.Number, "passes of the model per sequence"),
        new DataColumn("reward_evaluations", CellKind.Number, "candidates scored per sequence"),
        new DataColumn("rounds", CellKind.Integer, "selections one after the other"),
        new DataColumn("reward", CellKind.Number, "expected reward per symbol"),
        new DataColumn("tilt_reward", CellKind.Number, "expected reward per symbol of the optimal tilt"),
        new DataColumn("kl_from_tilt", CellKind.Number, "KL(tilt, law) of sequences, nats"),
        new DataColumn("kl_from_model", CellKind.Number, "KL(law, model) of sequences, nats"));

    public static readonly TableShape Guided = new(
        "guidance",
        "Symbolwise with the value function and myopic, exact",
        new DataColumn("source", CellKind.Text, "the model"),
        new DataColumn("m", CellKind.Integer, "symbols per sequence"),
        new DataColumn("guidance", CellKind.Text, "value, or myopic: by the symbol's reward alone"),
        new DataColumn("n", CellKind.Number, "candidates per symbol"),
        new DataColumn("reward", CellKind.Number, "expected reward per symbol"),
        new DataColumn("kl_from_tilt", CellKind.Number, "KL(tilt, law) of sequences, nats"),
        new DataColumn("kl_from_model", CellKind.Number, "KL(law, model) of sequences, nats"));

    public static readonly TableShape Simulated = new(
        "simulated",
        "Sequences sampled by the kernels against the exact law",
        new DataColumn("source", CellKind.Text, "the model"),
        new DataColumn("guidance", CellKind.Text, "value or myopic"),
        new DataColumn("m", CellKind.Integer, "symbols per sequence"),
        new DataColumn("block", CellKind.Integer, "block length"),
        new DataColumn("n", CellKind.Integer, "candidates per block"),
        new DataColumn("sequences", CellKind.Integer, "sequences sampled"),
        new DataColumn("reward", CellKind.Number, "mean reward per symbol"),
        new DataColumn("exact_reward", CellKind.Number, "expected reward per symbol"),
        new DataColumn("standard_error", CellKind.Number, "of the mean"),
        new DataColumn("chi_square", CellKind.Number, "Pearson's statistic of the law of the summed reward"),
        new DataColumn("degrees", CellKind.Integer, "its degrees of freedom"),
        new DataColumn("z", CellKind.Number, "the statistic as a standard normal value"));

    /// <summary>A rule's name by its block.</summary>
    public static string RuleName(long block, long length) => block switch
    {
        1 => "symbolwise",
        _ when block == length => "blockwise",
        _ => $"blocks of {block}",
    };
}
