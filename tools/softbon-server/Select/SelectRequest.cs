using System.ComponentModel;

namespace SoftBoN.Server.Select;

/// <summary>What to select from. Generated readers keep the defaults of properties that can be set, not of others.</summary>
internal sealed record SelectRequest
{
    [Description("The rewards of all rows, row after row; a large negative number such as -1e999 excludes a candidate.")]
    public required float[] Rewards { get; init; }

    [Description("The number of rows, with columns; one row of all rewards where neither is given.")]
    public int? Rows { get; set; }

    [Description("The number of candidates of each row.")]
    public int? Columns { get; set; }

    [Description("The number of candidates of each row, where they differ; in place of rows and columns.")]
    public int[]? Lengths { get; set; }

    [Description("The temperature in units of the reward, at least 0. One of lambda, klBudget and essTarget has to be given.")]
    public float? Lambda { get; set; }

    [Description("In nats: lambda is found so that the weights' divergence from uniform is within this.")]
    public float? KlBudget { get; set; }

    [Description("In candidates: lambda is found so that the effective sample size is at least this.")]
    public float? EssTarget { get; set; }

    [Description("The key of the noise; has to be given unless noise is None.")]
    public ulong? Seed { get; set; }

    [Description("A row's place in the stream of the seed, one per row; 0, 1, 2, … where not given.")]
    public ulong[]? Positions { get; set; }

    [Description("Gumbel (soft best-of-n), UniformRace or None (best-of-n).")]
    public SelectionNoise Noise { get; set; }

    [Description("The number of picks per row.")]
    public int Draws { get; set; } = 1;

    [Description("Whether the picks of a row are distinct.")]
    public bool Distinct { get; set; }
}
