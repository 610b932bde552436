using SoftBoN.Kernels.Vectors.Files;
using SoftBoN.Kernels.Vectors.Operations;

namespace SoftBoN.Kernels.Vectors.Recipes;

/// <summary>The cases of reward scoring.</summary>
internal static class RewardScoringRecipes
{
    private const string Stem = "reward-scoring";

    /// <summary>All files, with inputs alone, by their names.</summary>
    public static IEnumerable<(string Name, OperationFile File)> All =>
    [
        ("magnitudes", new(Stem, "all lengths and magnitudes", [.. Magnitudes])),
        ("statuses", new(Stem, "rows in trouble among rows that are not", [Troubled])),
        ("layouts", new(Stem, "where rows lie", [.. From(CommonRows.Layouts)])),
        ("batches", new(Stem, "many rows", [.. From(CommonRows.Batches)])),
    ];

    private static IEnumerable<VectorCase> Magnitudes =>
        from rows in new[]
        {
            "lengths 1 2", "lengths 3 5", "lengths 8 31", "lengths 64 127", "lengths 128 129", "lengths 300 1023",
            "lengths 1024 1025", "lengths 2500",
        }
        let count = RowsShape.Parse(rows).Packed
        from rewards in new[]
        {
            $"grid seed=61 count={count}",
            $"grid seed=62 count={count} mask=9",
            $"steps seed=63 count={count} of=4",
            $"positive seed=64 count={count} from=125 to=126",
            $"positive seed=65 count={count} from=1 to=254",
            $"spread seed=66 count={count} from=1 to=254",
            $"spread seed=67 count={count} from=0 to=60",
            $"spread seed=68 count={count} from=252 to=254",
            $"spread seed=69 count={count} from=85 to=130",
            $"constant value=0.1 count={count}",
            $"constant value=-0 count={count}",
        }
        select Case($"{rows}, {rewards}", rows, rewards);

    private static VectorCase Troubled => Case("in trouble", CommonRows.TroubledRows, CommonRows.Troubled);

    private static IEnumerable<VectorCase> From((string Rows, string Text, string Rewards)[] batches) =>
        batches.Select(batch => Case(batch.Rows, batch.Text, batch.Rewards));

    private static VectorCase Case(string name, string rows, string rewards) =>
        new() { Name = name, Rewards = rewards, Rows = rows, Lambda = "given 1" };
}
