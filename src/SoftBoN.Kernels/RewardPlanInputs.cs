namespace SoftBoN.Kernels;

/// <summary>
/// What a call of a plan reads; what the plan needs has to be set and nothing else. Candidates are numbered through, prompt
/// after prompt. Spans are read during the call only.
/// </summary>
public readonly ref struct RewardPlanInputs
{
    /// <summary>Plans from a head: [candidates, dimension], or [tokens, dimension] with a row map.</summary>
    public TokenMatrix Hidden { get; init; }

    /// <summary>
    /// Plans from a head: which row of the hidden values each candidate reads, such as the place of its last token. Where
    /// empty, candidate i reads row i.
    /// </summary>
    public ReadOnlySpan<int> RowMap { get; init; }

    /// <summary>Plans from a gated head: [candidates, heads], the heads' shares of each candidate's reward.</summary>
    public ReadOnlySpan<float> Gating { get; init; }

    /// <summary>
    /// Plans from rewards: [members, candidates], all rewards of the first member, then those of the second. Plans from
    /// tokens: the memory that <see cref="TokenRows"/> lays out.
    /// </summary>
    public ReadOnlySpan<float> Rewards { get; init; }

    /// <summary>Plans from tokens: a row of token or step rewards per candidate.</summary>
    public Rows TokenRows { get; init; }

    /// <summary>Plans with a penalty's beta: the log-probability of each candidate under the policy, in nats.</summary>
    public ReadOnlySpan<float> LogProbability { get; init; }

    /// <summary>Plans with a penalty's beta: the log-probability of each candidate under the reference.</summary>
    public ReadOnlySpan<float> ReferenceLogProbability { get; init; }

    /// <summary>Plans with a penalty's gamma: the length of each candidate, at least 0.</summary>
    public ReadOnlySpan<int> Length { get; init; }
}
