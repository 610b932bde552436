namespace SoftBoN.Kernels;

/// <summary>
/// What became of one row. A row in trouble never fails its batch: it carries its own status and its neighbours never notice.
/// </summary>
/// <remarks>
/// Values below 16 come with a result, values from 16 on come without one (index -1, every float output NaN).
/// Where several apply, the first in the order of this list's numbers from 16 on is reported; rows of tokens have an
/// order of their own: Empty, then what is wrong with parameters, logits, sparse rewards, rewards, scores.
/// </remarks>
public enum RowStatus : byte
{
    /// <summary>The row has a result.</summary>
    Ok = 0,

    /// <summary>
    /// The row has a result at lambda = 0: the budget is so wide that even best-of-n stays within it
    /// (TargetKl at or above log(n / ties at the top), TargetEss at or below the number of ties at the top).
    /// </summary>
    BudgetNotBinding = 1,

    /// <summary>
    /// The row has a result at lambda = infinity: not even uniform weights meet the budget (TargetEss above the number of
    /// included candidates).
    /// </summary>
    BudgetOutOfReach = 2,

    /// <summary>
    /// Distinct draws were asked for and fewer candidates are included than draws: the surplus draws have index -1 and NaN.
    /// </summary>
    FewerCandidatesThanDraws = 3,

    /// <summary>The row has no candidates.</summary>
    Empty = 16,

    /// <summary>The row's lambda is NaN, or negative where negative values were not allowed.</summary>
    LambdaInvalid = 17,

    /// <summary>The row's TargetKl or TargetEss is NaN or out of range.</summary>
    TargetInvalid = 18,

    /// <summary>A reward of the row is NaN.</summary>
    RewardNaN = 19,

    /// <summary>A reward of the row is +infinity.</summary>
    RewardPositiveInfinity = 20,

    /// <summary>An offset of an included candidate is NaN or +infinity.</summary>
    OffsetInvalid = 21,

    /// <summary>Two candidates of the row carry the same element, so their noise would not be independent.</summary>
    DuplicateElements = 22,

    /// <summary>Every candidate of the row is excluded: its reward or offset is -infinity.</summary>
    AllExcluded = 23,

    /// <summary>No included candidate of the row has an answer to vote for.</summary>
    NoVotes = 24,

    /// <summary>The row's temperature is NaN or negative.</summary>
    TemperatureInvalid = 25,

    /// <summary>The row's top-k, top-p, min-p or top-n-sigma is NaN or out of range.</summary>
    TruncationInvalid = 26,

    /// <summary>The row's mode is none of those there are.</summary>
    ModeInvalid = 27,

    /// <summary>A logit of an allowed token is NaN.</summary>
    LogitNaN = 28,

    /// <summary>A logit of an allowed token is +infinity.</summary>
    LogitPositiveInfinity = 29,

    /// <summary>
    /// The row's sparse rewards name a token that there is not, or are not in ascending order of tokens.
    /// </summary>
    SparseRewardsInvalid = 30,

    /// <summary>
    /// The best score of the row is so far below the sum of its largest logit and its largest reward, each over its
    /// temperature, that it is no float: the two contradict each other at temperatures near 0.
    /// </summary>
    ScoresOutOfRange = 31,

    /// <summary>A hidden value of the row is NaN.</summary>
    HiddenNaN = 32,

    /// <summary>A hidden value of the row is an infinity.</summary>
    HiddenInfinity = 33,

    /// <summary>A gating weight of the row is NaN or an infinity.</summary>
    GatingInvalid = 34,

    /// <summary>A reward that the log-product is over is negative.</summary>
    RewardNegative = 35,

    /// <summary>A log-probability is NaN or an infinity, or a length is negative.</summary>
    PenaltyInvalid = 36,

    /// <summary>A result computed from finite values, or a sum on the way to it, is beyond the largest float.</summary>
    RewardOutOfRange = 37,
}
