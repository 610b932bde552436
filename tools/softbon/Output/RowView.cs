using SoftBoN.Tool.Input;

namespace SoftBoN.Tool.Output;

/// <summary>The part of a row's result that tables and summaries show.</summary>
/// <param name="Index">The first pick's place; -1 without one.</param>
/// <param name="Candidate">The first pick's id as JSON; none without one.</param>
/// <param name="Reward">The mean reward of the picks, or the expected reward where nothing is picked.</param>
/// <param name="Lambda">The lambda that was used.</param>
/// <param name="EffectiveSampleSize">In candidates.</param>
/// <param name="KlToUniform">In nats.</param>
/// <param name="Status">What became of the row.</param>
internal readonly record struct RowView(
    int Index,
    TextRange Candidate,
    float Reward,
    float Lambda,
    float EffectiveSampleSize,
    float KlToUniform,
    RowStatus Status);
