using SoftBoN.Kernels.Vectors.Files;
using SoftBoN.Kernels.Vectors.Operations;

namespace SoftBoN.Kernels.Vectors.Recipes;

/// <summary>The cases of the token tilt.</summary>
internal static class TokenTiltRecipes
{
    private const string Stem = "token-tilt";
    private const string Modes = "[0 0 1 2]";

    private static readonly int[] Lengths = [1, 2, 31, 64, 129, 999, 1024, 1025, 2500];

    private static readonly TokenNoise[] Noises = [TokenNoise.PerBlock, TokenNoise.PerToken];

    /// <summary>All files, with inputs alone, by their names.</summary>
    public static IEnumerable<(string Name, OperationFile File)> All =>
    [
        ("lengths", new(Stem, "vocabularies of many lengths, stored in every way", [.. ByLength])),
        ("temperatures", new(Stem, "temperatures of logits and rewards from end to end", [.. Temperatures])),
        ("truncation", new(Stem, "top-k, top-p, min-p and top-n-sigma, alone and together", [.. Truncations])),
        ("rewards", new(Stem, "dense and sparse rewards, masks, proposals", [.. Rewards])),
        ("statuses", new(Stem, "rows in trouble among rows that are not", [.. Statuses])),
        ("magnitudes", new(Stem, "logits and rewards near the ends of float32's range", [.. Magnitudes])),
    ];

    private static IEnumerable<VectorCase> ByLength =>
        from length in Lengths
        from stored in new TokenStorage?[] { null, TokenStorage.Half, TokenStorage.BFloat16 }
        from noise in Noises
        select Case($"{length} tokens, {stored ?? TokenStorage.Float32}, {noise}", 2, length) with
        {
            Draws = 3,
            Tokens = new TokenText
            {
                Logits = $"grid seed=81 count={2 * length}",
                Stored = stored,
                RewardsStored = stored,
                Noise = noise,
                Top = 3,
            },
        };

    private static IEnumerable<VectorCase> Temperatures =>
        from temperature in new[] { "0", "1e-38", "0.1", "1", "7.5", "1e30", "inf" }
        from lambda in new[] { "given 0", "given 0.3", "given inf", "signed -2" }
        from noise in Noises
        select Case($"T {temperature}, lambda {lambda}, {noise}", 4, 1100) with
        {
            Lambda = lambda,
            Tokens = new TokenText
            {
                Logits = "steps seed=82 count=4400 of=9",
                Temperature = temperature,
                Mode = Modes,
                Proposals = 3,
                Noise = noise,
                Top = 4,
            },
        };

    private static IEnumerable<VectorCase> Truncations =>
        from topK in new[] { null, "40" }
        from topP in new[] { null, "0.8" }
        from minP in new[] { null, "0.02" }
        from topNSigma in new[] { null, "1.25" }
        from logits in new[] { "grid seed=83 count=4400", "steps seed=83 count=4400 of=7" }
        select Case($"top-k {topK}, top-p {topP}, min-p {minP}, top-n-sigma {topNSigma}, {logits[..5]}", 4, 1100) with
        {
            Tokens = new TokenText
            {
                Logits = logits,
                Temperature = "1.5",
                TopK = topK,
                TopP = topP,
                MinP = minP,
                TopNSigma = topNSigma,
                Mode = Modes,
                Proposals = 2,
                Top = 4,
            },
        };

    private static IEnumerable<VectorCase> Rewards =>
        from rewards in new[] { "grid seed=84 count=4400", VectorBatch.NoRewards, "sparse" }
        from mask in new[] { null, "words seed=85 count=140" }
        from noise in Noises
        select Case($"{rewards[..4]}, {(mask == null ? "all" : "masked")}, {noise}", 4, 1100) with
        {
            Rewards = rewards == "sparse" ? VectorBatch.NoRewards : rewards,
            Tokens = new TokenText
            {
                Logits = "grid seed=86 count=4400 mask=7",
                Mask = mask,
                Sparse = rewards == "sparse" ? ["0:2 5:-1.5 1099:-inf", "", "1023:1 1024:2", "7:0.25"] : null,
                Mode = Modes,
                Proposals = 5,
                Noise = noise,
                Top = 4,
            },
        };

    private static IEnumerable<VectorCase> Statuses =>
        from noise in Noises
        select Case($"all kinds of trouble, {noise}", 8, 3) with
        {
            Rewards = "values 0 1 2 nan 1 0 1 inf 0 -inf -inf -inf 0 0 0 1 2 3 3 2 1 0 0 1",
            Lambda = "given [1 1 1 1 1 1 nan 1]",
            Tokens = new TokenText
            {
                Logits = "values 1 2 3 1 2 3 1 2 3 1 2 3 nan inf 1 -inf -inf -inf 1 2 3 inf 0 0",
                Noise = noise,
                Top = 2,
            },
        };

    private static IEnumerable<VectorCase> Magnitudes =>
        from logits in new[] { "from=0 to=254", "from=0 to=40", "from=250 to=254", "from=110 to=132" }
        from rewards in new[] { "from=0 to=254", "from=110 to=130" }
        from temperature in new[] { "1e-36", "1", "1e36" }
        select Case($"logits {logits}, rewards {rewards}, T {temperature}", 4, 300) with
        {
            Rewards = $"spread seed=87 count=1200 {rewards}",
            Tokens = new TokenText
            {
                Logits = $"spread seed=88 count=1200 {logits}",
                Temperature = temperature,
                Mode = Modes,
                Proposals = 2,
                TopP = "[1 0.9 1 1]",
                TopNSigma = "[inf inf 2 1]",
                Top = 2,
            },
        };

    private static VectorCase Case(string name, int rows, int columns) => new()
    {
        Name = name,
        Rewards = $"grid seed=89 count={rows * columns}",
        Rows = $"dense {rows} {columns}",
        Lambda = "given 0.9",
        Seed = "42",
        Draws = 2,
    };
}
