namespace SoftBoN.Tool.Input;

/// <summary>What a run wants from each row beyond its rewards.</summary>
internal sealed record RowRules
{
    /// <summary>The run's seed, from which rows without a seed of their own take theirs.</summary>
    public ulong? Seed { get; init; }

    /// <summary>Whether a row without any seed is unreadable.</summary>
    public bool SeedNeeded { get; init; }

    /// <summary>Whether a line without an id is named by its bytes.</summary>
    public bool IdFromContent { get; init; }

    /// <summary>Whether candidates draw their noise under their ids.</summary>
    public bool ElementsFromIds { get; init; }

    /// <summary>Whether candidates' answers are kept.</summary>
    public bool Answers { get; init; }

    /// <summary>What is read of each candidate under names that the run gives.</summary>
    public RowFields Fields { get; init; } = RowFields.None;
}
