namespace SoftBoN.Tool.Output;

/// <summary>What a table calls the columns that mean another thing from command to command.</summary>
/// <param name="Index">Over <see cref="RowView.Index"/>.</param>
/// <param name="Candidate">Over <see cref="RowView.Candidate"/>.</param>
/// <param name="Reward">Over <see cref="RowView.Reward"/>.</param>
internal sealed record RowHeads(string Index, string Candidate, string Reward)
{
    /// <summary>One pick a row.</summary>
    public static RowHeads Pick { get; } = new("index", "candidate", "reward");

    /// <summary>Several picks a row.</summary>
    public static RowHeads Picks { get; } = new("first index", "first candidate", "mean reward");

    /// <summary>No pick.</summary>
    public static RowHeads Expected { get; } = Pick with { Reward = "expected reward" };
}
