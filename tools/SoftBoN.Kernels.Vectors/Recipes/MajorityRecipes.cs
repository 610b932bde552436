using SoftBoN.Kernels.Vectors.Files;
using SoftBoN.Kernels.Vectors.Operations;

namespace SoftBoN.Kernels.Vectors.Recipes;

/// <summary>The cases of weighted majority.</summary>
internal static class MajorityRecipes
{
    private const string Stem = "weighted-majority";

    /// <summary>All files, with inputs alone, by their names.</summary>
    public static IEnumerable<(string Name, OperationFile File)> All =>
    [
        ("lambda", new(Stem, "all meanings of lambda, few and many answers", [.. Lambdas])),
        ("statuses", new(Stem, "rows in trouble among rows that are not", [.. Statuses])),
        ("layouts", new(Stem, "where rows lie", [.. From(CommonRows.Layouts)])),
        ("batches", new(Stem, "many rows", [.. From(CommonRows.Batches)])),
    ];

    private static IEnumerable<VectorCase> Lambdas =>
        from lambda in new[]
        {
            "given 0", "given 0.1", "given 1", "given 30", "given 1e30", "given inf", "signed -0.5", "signed -inf",
            "kl 0.7", "ess 3",
        }
        from answers in new[] { 1, 4, 1000 }
        from kind in CommonRows.Kinds
        select Case($"{lambda}, {answers} answers, {kind.Name}", CommonRows.Lengths, kind.Rewards, lambda, answers);

    private static IEnumerable<VectorCase> Statuses =>
        from lambda in new[]
        {
            "given 0.5", "given [0.5 nan 0.5 -1 0.5 nan 0.5 0 inf]", "kl [0.5 nan 0.5 -1 0.5 nan 9 0 0.1]",
            "ess [2 nan 2 0.5 1 nan 2 1 9]",
        }
        from answers in new[]
        {
            "values 0 1 0 2 2 2 0 0 0 0 0 0 0 0 0 -1 -1 -1 2147483647 5 5 0 1",
            "values -1 -1 -1 2 2 2 0 0 0 0 0 0 0 0 0 9 8 9 -5 7 -2147483648 0 1",
        }
        select new VectorCase
        {
            Name = $"{lambda}, answers {answers[..12]}",
            Rewards = CommonRows.Troubled,
            Rows = CommonRows.TroubledRows,
            Lambda = lambda,
            Answers = answers,
        };

    private static IEnumerable<VectorCase> From((string Rows, string Text, string Rewards)[] batches) =>
        batches.Select(batch => Case(batch.Rows, batch.Text, batch.Rewards, "given 0.5", answers: 3));

    private static VectorCase Case(string name, string rows, string rewards, string lambda, int answers) => new()
    {
        Name = name,
        Rewards = rewards,
        Rows = rows,
        Lambda = lambda,
        Answers = $"words seed=71 count={RowsShape.Parse(rows).Packed} of={answers}",
    };
}
