namespace SoftBoN.Kernels;

/// <summary>The caller's memory for the results of a token tilt; an output left empty is not computed.</summary>
/// <remarks>
/// Outputs per draw are [rows, draws], row after row; those per row [rows]. Log-probabilities are in nats. The base law
/// is softmax(logit / T) of kept tokens, the tilt is the base law times exp(reward / lambda), renormalised.
/// </remarks>
public readonly ref struct TokenTiltOutputs
{
    /// <summary>
    /// Per draw: the token; -1 where the row has no result, or where every proposal of a draw has a reward of
    /// -infinity.
    /// </summary>
    public Span<int> Token { get; init; }

    /// <summary>
    /// Per draw: how many tokens are likelier under the tilt, lower ones first among equals; -1 where no token.
    /// </summary>
    public Span<int> Rank { get; init; }

    /// <summary>Per draw: the token's log-probability under the tilt.</summary>
    public Span<float> LogProbability { get; init; }

    /// <summary>Per draw: the token's log-probability under the base law.</summary>
    public Span<float> BaseLogProbability { get; init; }

    /// <summary>
    /// Per draw: the token's log-probability under the model: temperature 1, nothing masked or truncated. NaN where any
    /// logit of the row is NaN or +infinity.
    /// </summary>
    public Span<float> ModelLogProbability { get; init; }

    /// <summary>
    /// [rows, Top]: the likeliest tokens under the tilt, in order, the lower one first among equals; then -1.
    /// </summary>
    public Span<int> TopToken { get; init; }

    /// <summary>[rows, Top]: their log-probabilities under the tilt; then NaN.</summary>
    public Span<float> TopLogProbability { get; init; }

    /// <summary>
    /// Per token, in nats: its logit after the tilt, logit / T + reward / lambda, of which a softmax is the tilt; -infinity
    /// where it is not in play, NaN where the row has no result. Where T or lambda is 0 its term counts 0.
    /// </summary>
    /// <remarks>May be the memory of the logits, in the same format and with the same stride, if there is no row map.</remarks>
    public TokenOutput TiltedLogits { get; init; }

    /// <summary>
    /// Per token: its probability under the tilt; 0 where it is not in play, NaN where the row has no result.
    /// </summary>
    /// <remarks>May be the memory of the logits, as <see cref="TiltedLogits"/> may.</remarks>
    public TokenOutput Probabilities { get; init; }

    /// <summary>
    /// Per row: the least logit that truncation keeps; -infinity where nothing is truncated, NaN where the row has no
    /// result.
    /// </summary>
    public Span<float> LeastKept { get; init; }

    /// <summary>
    /// Per row, in nats: log of the sum of exp(logit / T + reward / lambda) over kept tokens. Where T or lambda is 0
    /// its term counts 0, and the sum is over tokens with the largest logit or reward alone.
    /// </summary>
    public Span<float> LogSumExp { get; init; }

    /// <summary>
    /// Per row, in nats: log of the sum of exp(logit / T) over kept tokens, with the same rule for T = 0.
    /// </summary>
    public Span<float> BaseLogSumExp { get; init; }

    /// <summary>Per row, in nats: the Kullback-Leibler divergence of the tilt from the base law.</summary>
    public Span<float> Kl { get; init; }

    /// <summary>
    /// Per row: 1 / (sum of squared probabilities under the tilt), at least 1: how many tokens are in the race.
    /// </summary>
    public Span<float> EffectiveSampleSize { get; init; }

    /// <summary>Per row: what became of it.</summary>
    public Span<RowStatus> Status { get; init; }
}
