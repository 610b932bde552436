using SoftBoN.Kernels.Vectors.Data;

namespace SoftBoN.Kernels.Vectors.Operations;

/// <summary>The inputs of one call, ready to run.</summary>
internal sealed record VectorBatch
{
    /// <summary>What stands in the place of rewards where a token tilt has none, or sparse ones.</summary>
    public const string NoRewards = "none";

    public required float[] Rewards { get; init; }

    public required RowsShape Rows { get; init; }

    public required LambdaParameter Lambda { get; init; }

    public SelectionNoise Noise { get; init; }

    public RowParameter<ulong>? Seed { get; init; }

    /// <summary>Null where rows have their own numbers for positions.</summary>
    public RowParameter<ulong>? Position { get; init; }

    public float[]? Offsets { get; init; }

    public uint[]? Elements { get; init; }

    public int Draws { get; init; } = 1;

    public bool Distinct { get; init; }

    public int[] Answers { get; init; } = [];

    /// <summary>The further inputs of a token tilt.</summary>
    public TokenInputs? Tokens { get; init; }

    /// <summary>How many of the likeliest tokens are wanted.</summary>
    public int Top => Tokens?.Top ?? 0;

    public static VectorBatch Of(VectorCase text) => new()
    {
        Rewards = text.Rewards == NoRewards ? [] : Inputs.Floats(text.Rewards),
        Rows = RowsShape.Parse(text.Rows),
        Lambda = LambdaParameter.Parse(text.Lambda),
        Noise = text.Noise ?? SelectionNoise.Gumbel,
        Seed = text.Seed == null ? null : RowParameter<ulong>.ParseUInt64(text.Seed),
        Position = text.Position == null ? null : RowParameter<ulong>.ParseUInt64(text.Position),
        Offsets = text.Offsets == null ? null : Inputs.Floats(text.Offsets),
        Elements = text.Elements == null ? null : Inputs.Elements(text.Elements),
        Draws = text.Draws ?? 1,
        Distinct = text.Distinct ?? false,
        Answers = text.Answers == null ? [] : Inputs.Answers(text.Answers),
        Tokens = text.Tokens == null ? null : TokenInputs.Of(text.Tokens, text.Rewards != NoRewards),
    };

    /// <summary>
    /// What the batch costs on a slow backend, in candidates: a row costs some, and a budget many passes.
    /// </summary>
    public long Cost
    {
        get
        {
            const int RowCost = 32;
            const int Passes = 16;
            return (Rows.Packed + (RowCost * Rows.Count)) * (Lambda.IsBudget ? Passes : 1) * Draws;
        }
    }

    /// <summary>A row's rewards, gathered.</summary>
    public float[] RewardsOf(int row) =>
        [.. Enumerable.Range(0, Rows.LengthOf(row)).Select(i => Rewards[Rows.StartOf(row) + (i * Rows.ColumnStride)])];
}
