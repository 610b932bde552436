using SoftBoN.Kernels.Vectors.Files;
using SoftBoN.Kernels.Vectors.Operations;

namespace SoftBoN.Kernels.Vectors.Recipes;

/// <summary>The cases of selection.</summary>
internal static class SelectionRecipes
{
    private const string Stem = "selection";
    private const string Offsets = "spread seed=61 count=1496 from=110 to=129 mask=9";
    private const string Elements = "affine count=1496 factor=2654435761 shift=12345";

    private static readonly SelectionNoise[] Noises =
        [SelectionNoise.Gumbel, SelectionNoise.UniformRace, SelectionNoise.None];

    /// <summary>All files, with inputs alone, by their names.</summary>
    public static IEnumerable<(string Name, OperationFile File)> All =>
    [
        ("gumbel", new(Stem, "combinations of inputs, Gumbel noise", [.. Combinations(SelectionNoise.Gumbel)])),
        ("uniform-race", new(Stem, "combinations, exponential noise", [.. Combinations(SelectionNoise.UniformRace)])),
        ("no-noise", new(Stem, "combinations of inputs, no noise", [.. Combinations(SelectionNoise.None)])),
        ("lengths", new(Stem, "rows of many lengths", [.. Lengths])),
        ("seeds", new(Stem, "seeds and positions", [.. Seeds])),
        ("rare-words", new(Stem, "noise of the smallest random words", [.. RareWords])),
        ("statuses", new(Stem, "rows in trouble among rows that are not", [.. Statuses])),
        ("magnitudes", new(Stem, "rewards and offsets near the ends of float32's range", [.. Magnitudes])),
        ("layouts", new(Stem, "where rows lie", [.. Layouts])),
        ("batches", new(Stem, "many rows", [.. Batches])),
    ];

    private static IEnumerable<VectorCase> Combinations(SelectionNoise noise) =>
        from lambda in new[] { "given 0.5", "given 0", "given inf", "signed -0.3", "kl 0.4" }
        from offsets in new[] { null, Offsets }
        from elements in new[] { null, Elements }
        from draws in new[] { (1, false), (4, false), (3, true) }
        select Case(
            $"{lambda}{(offsets == null ? "" : ", offsets")}{(elements == null ? "" : ", elements")}"
            + $", {draws.Item1} {(draws.Item2 ? "distinct" : "draws")}",
            CommonRows.ShortLengths,
            elements == null ? CommonRows.Tied : "grid seed=62 count=1496 mask=7",
            lambda) with
        {
            Noise = noise,
            Seed = noise == SelectionNoise.None ? null : "42",
            Offsets = offsets,
            Elements = elements,
            Draws = draws.Item1,
            Distinct = draws.Item2 ? true : null,
        };

    private static IEnumerable<VectorCase> Lengths =>
        from noise in Noises
        from lambda in new[] { "given 1e-3", "given 0.1", "given 2", "given 1e6", "ess 3" }
        from draws in new[] { (3, false), (12, true) }
        select Case($"{noise}, {lambda}, {draws.Item1}", CommonRows.Lengths, CommonRows.Usual, lambda) with
        {
            Noise = noise,
            Draws = draws.Item1,
            Distinct = draws.Item2 ? true : null,
        };

    private static IEnumerable<VectorCase> Seeds =>
        from seed in new[] { "0", "18446744073709551615", "[1 2 1 81985529216486895 2 1]" }
        from position in new[] { null, "7", "18446744073709551615", "[0 0 1 9223372036854775807 1 4294967296]" }
        let name = $"seed {seed}, position {position ?? "not given"}"
        select Case(name, "dense 6 40", "grid seed=63 count=240", "given 1") with
        {
            Seed = seed,
            Position = position,
            Draws = 2,
        };

    /// <summary>
    /// Seed 1, position 9805223 has the random word 1 at element 47: no lower bound on noise holds there.
    /// </summary>
    private static IEnumerable<VectorCase> RareWords =>
        from length in new[] { 64, 1000 }
        from reward in new[] { "-50", "-1", "0", "10" }
        let name = $"length {length}, reward {reward}"
        select Case(name, $"dense 1 {length}", $"constant value=0 count={length} @47={reward}", "given 1") with
        {
            Seed = "1",
            Position = "9805223",
        };

    private static IEnumerable<VectorCase> Statuses =>
        from lambda in new[]
        {
            "given 0.5", "given [0.5 nan 0.5 -1 0.5 nan 0.5 0 inf]", "kl [0.5 nan 0.5 -1 0.5 nan 9 0 0.1]",
            "ess [2 nan 2 0.5 1 nan 2 1 9]",
        }
        from offsets in new[] { null, "values 0 nan 0 1 0 0 0 0 0 -inf 1 2 0 0 0 nan 0 inf 0 0 1 0.5 0" }
        from elements in new[] { null, "affine count=23 factor=1 shift=0 @19=18" }
        from distinct in new bool?[] { null, true }
        select Case(
            $"statuses, {lambda}{(offsets == null ? "" : ", offsets")}{(elements == null ? "" : ", elements")}"
            + (distinct == null ? "" : ", distinct"),
            CommonRows.TroubledRows,
            CommonRows.Troubled,
            lambda) with
        {
            Offsets = offsets,
            Elements = elements,
            Draws = 2,
            Distinct = distinct,
        };

    private static IEnumerable<VectorCase> Magnitudes =>
        from rewards in new[]
        {
            "spread seed=64 count=170 from=0 to=40", "spread seed=65 count=170 from=252 to=254",
            "spread seed=66 count=170 from=0 to=254",
        }
        from lambda in new[] { "given 0", "given 1e-36", "given 1", "given 4e37", "signed -1" }
        from offsets in new[] { null, "spread seed=67 count=170 from=0 to=254" }
        let name = $"{rewards}, {lambda}{(offsets == null ? "" : ", offsets")}"
        select Case(name, "lengths 1 2 5 33 129", rewards, lambda) with
        {
            Offsets = offsets,
            Draws = 2,
        };

    private static IEnumerable<VectorCase> Layouts =>
        CommonRows.Layouts.Select(rows => Case(rows.Rows, rows.Text, rows.Rewards, "given 0.5"));

    private static IEnumerable<VectorCase> Batches =>
        from rows in CommonRows.Batches
        from noise in Noises
        from draws in new[] { 1, 20 }
        select Case($"{rows.Rows}, {noise}, {draws} draws", rows.Text, rows.Rewards, "given 0.7") with
        {
            Noise = noise,
            Draws = draws,
        };

    private static VectorCase Case(string name, string rows, string rewards, string lambda) =>
        new() { Name = name, Rewards = rewards, Rows = rows, Lambda = lambda, Seed = "42" };
}
