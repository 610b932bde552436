namespace SoftBoN.Kernels.Vectors.Recipes;

/// <summary>Rows that the cases of several operations share.</summary>
internal static class CommonRows
{
    /// <summary>Lengths around every width and every boundary of the canonical order.</summary>
    public const string Lengths = "lengths 1 2 3 5 8 31 64 127 128 129 300 1023 1024 1025 2500";

    public const string ShortLengths = "lengths 1 2 3 5 31 129 300 1025";

    /// <summary>Rewards from -8 to 8.</summary>
    public const string Usual = "grid seed=1 count=6370";

    /// <summary>One in five is excluded.</summary>
    public const string Masked = "grid seed=2 count=6370 mask=5 @0=1";

    /// <summary>Four levels, so that the largest is shared.</summary>
    public const string Tied = "steps seed=3 count=6370 of=4";

    /// <summary>Nine rows of which some have no result, and why.</summary>
    public const string TroubledRows = "lengths 0 3 3 3 2 4 3 3 2";

    /// <summary>
    /// Empty; fine; NaN; +infinity; all excluded; NaN, +infinity and excluded together; one left; ties; +infinity at
    /// the
    /// end.
    /// </summary>
    public const string Troubled =
        "values 1 2 3 0 nan 2 inf 1 0 -inf -inf nan inf -inf 5 -inf 7 -inf 4 4 4 1 inf";

    public static (string Name, string Rewards)[] Kinds { get; } =
        [("usual", Usual), ("excluded", Masked), ("ties", Tied)];

    public static (string Rows, string Text, string Rewards)[] Layouts { get; } =
    [
        ("dense", "dense 5 37", "grid seed=41 count=185"),
        ("dense of whole vectors", "dense 3 128", "grid seed=42 count=384"),
        ("padded", "strided 5 37 48 1", "grid seed=43 count=240"),
        ("columns of a table", "strided 7 50 1 7", "grid seed=44 count=350"),
        ("windows that overlap", "strided 9 40 3 1", "grid seed=45 count=64"),
        ("one row again and again", "strided 4 33 0 1", "grid seed=46 count=33"),
        ("ragged from the middle", "ragged 5 5 12 140 141", "grid seed=47 count=150"),
        ("mapped", "mapped 100+20 0+130 50+0 100+20 149+1 7+64", "grid seed=48 count=150"),
        ("no rows", "dense 0 5", "grid seed=49 count=1"),
    ];

    public static (string Rows, string Text, string Rewards)[] Batches { get; } =
    [
        ("200 rows of 8", "dense 200 8", "grid seed=51 count=1600"),
        ("65 rows of 64", "dense 65 64", "steps seed=52 count=4160 of=7"),
        (
            "rows of all lengths to 40",
            "lengths " + string.Join(' ', Enumerable.Range(0, 41)),
            "grid seed=53 count=820 mask=6"),
        ("3 rows of 5000", "dense 3 5000", "grid seed=54 count=15000"),
    ];
}
