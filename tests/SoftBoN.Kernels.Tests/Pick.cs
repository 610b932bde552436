namespace SoftBoN.Kernels.Tests;

/// <summary>The options of a selection as a value that fields and test data can hold.</summary>
internal sealed record Pick(Temperature Lambda)
{
    /// <summary>One for all rows or one per row; none where empty.</summary>
    public ulong[] Seeds { get; init; } = [1];

    public ulong[] Positions { get; init; } = [];

    public SelectionNoise Noise { get; init; }

    public float[] Offsets { get; init; } = [];

    public uint[] Elements { get; init; } = [];

    public int Draws { get; init; } = 1;

    public bool Distinct { get; init; }


    public SelectionOptions Options => new()
    {
        Lambda = Lambda.Lambda,
        Seed = Parameter(Seeds),
        Position = Parameter(Positions),
        Noise = Noise,
        Offsets = Offsets,
        Elements = Elements,
        Draws = Draws,
        Distinct = Distinct,
    };

    public override string ToString() =>
        $"{Lambda}, {Noise}, {Draws} draws{(Distinct ? ", distinct" : "")}{(Offsets.Length > 0 ? ", offsets" : "")}"
        + $"{(Elements.Length > 0 ? ", elements" : "")}";

    private PerRow<ulong> Parameter(ulong[] values) => values.Length switch
    {
        0 => default,
        1 => values[0],
        _ => values,
    };
}
