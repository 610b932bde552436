using SoftBoN.Kernels.Vectors.Files;
using SoftBoN.Kernels.Vectors.Operations;

namespace SoftBoN.Kernels.Vectors.Recipes;

/// <summary>The cases of soft weights.</summary>
internal static class SoftWeightsRecipes
{
    private const string Stem = "soft-weights";

    /// <summary>All files, with inputs alone, by their names.</summary>
    public static IEnumerable<(string Name, OperationFile File)> All =>
    [
        ("lambda", new(Stem, "lambda given, from 0 to infinity, over rows of many lengths", [.. Given])),
        ("signed", new(Stem, "lambda of either sign", [.. Signed])),
        ("budget", new(Stem, "lambda found from a budget", [.. Budget])),
        ("statuses", new(Stem, "rows in trouble among rows that are not", [.. Statuses])),
        ("magnitudes", new(Stem, "rewards near the ends of float32's range", [.. Magnitudes])),
        ("layouts", new(Stem, "where rows lie", [.. From(CommonRows.Layouts)])),
        ("batches", new(Stem, "many rows", [.. From(CommonRows.Batches)])),
    ];

    private static IEnumerable<VectorCase> Given =>
        from lambda in new[]
        {
            "0", "1e-40", "2.35099e-38", "1e-3", "0.1", "0.5", "1", "10", "1e6", "1e20", "1.2e27", "1.3e27", "4e37",
            "5e37", "inf",
        }
        from kind in lambda is "0" or "0.1" or "1" or "1e6" or "inf" ? CommonRows.Kinds : CommonRows.Kinds[..1]
        select Case($"lambda {lambda}, {kind.Name}", CommonRows.Lengths, kind.Rewards, "given " + lambda);

    private static IEnumerable<VectorCase> Signed =>
        from lambda in new[] { "-0", "-1e-40", "-0.5", "-20", "-1e30", "-inf", "0.5" }
        select Case($"lambda {lambda}", CommonRows.ShortLengths, CommonRows.Masked, "signed " + lambda);

    private static IEnumerable<VectorCase> Budget =>
        from lambda in new[]
        {
            "kl 0", "kl 1e-6", "kl 0.1", "kl 1", "kl 5", "kl 20", "kl inf", "ess 1", "ess 2", "ess 10", "ess 100.5",
            "ess 1e9", "ess inf",
        }
        from kind in lambda is "kl 1" or "ess 2" ? CommonRows.Kinds : CommonRows.Kinds[..1]
        select Case($"{lambda}, {kind.Name}", CommonRows.ShortLengths, kind.Rewards, lambda);

    private static IEnumerable<VectorCase> Statuses =>
        from lambda in new[]
        {
            "given 0.5", "given [0.5 nan 0.5 -1 0.5 nan 0.5 0 inf]", "signed [0.5 nan -0.5 -1 0.5 nan -inf 0 -1]",
            "kl [0.5 nan 0.5 -1 0.5 nan 9 0 0.1]", "ess [2 nan 2 0.5 1 nan 2 1 9]",
        }
        select Case("statuses, " + lambda, CommonRows.TroubledRows, CommonRows.Troubled, lambda);

    private static IEnumerable<VectorCase> Magnitudes =>
        from rewards in new[]
        {
            "spread seed=31 count=170 from=0 to=40", "spread seed=32 count=170 from=20 to=30",
            "spread seed=33 count=170 from=252 to=254", "spread seed=34 count=170 from=0 to=254",
            "constant value=-3e38 count=170 @3=3e38 @40=3.4028235e38",
            "constant value=1e-45 count=170 @5=-1e-45 @60=-0",
        }
        from lambda in new[]
        {
            "given 0", "given 1e-36", "given 1", "given 1e30", "given 4e37", "given inf", "signed -1", "kl 0.5",
            "ess 2",
        }
        select Case($"{rewards}, {lambda}", "lengths 1 2 5 33 129", rewards, lambda);

    private static IEnumerable<VectorCase> From((string Rows, string Text, string Rewards)[] batches) =>
        batches.Select(batch => Case(batch.Rows, batch.Text, batch.Rewards, "given 0.5"));

    private static VectorCase Case(string name, string rows, string rewards, string lambda) =>
        new() { Name = name, Rewards = rewards, Rows = rows, Lambda = lambda };
}
