namespace SoftBoN.Kernels.Theory;

public static partial class Bounds
{
    /// <summary>
    /// KL(P* || P_n) of a sequence selected block by block is at most the sum over blocks of
    /// log(1 + ((1 + chi2_1)^L - 1) / n), L the length of the block.
    /// </summary>
    /// <param name="symbolChiSquare">chi2_1 = chi^2(P* || P) of one symbol; at least 0.</param>
    /// <param name="length">The number m of independent symbols, at least 1.</param>
    /// <param name="blockLength">L, from 1 (symbolwise) to length (blockwise); the last block may be shorter.</param>
    /// <param name="n">The number of candidates for each block, at least 1.</param>
    /// <returns>The bound in nats, finite wherever m log(1 + chi2_1) is.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// symbolChiSquare is negative or NaN, length or n is less than 1, or blockLength is outside [1, length].
    /// </exception>
    /// <remarks><see cref="KlTiltToSoft"/> for each block; see <see cref="Sequences.ChiSquare"/>.</remarks>
    public static double SequenceKlTiltToSoft(double symbolChiSquare, int length, int blockLength, int n)
    {
        CheckSequence(symbolChiSquare, length, blockLength);
        Throw.IfNotCandidateCount(n);
        int blocks = Math.DivRem(length, blockLength, out int rest);
        double bound = blocks * RealMath.Softplus(LogBlockChiSquare(symbolChiSquare, blockLength) - Math.Log(n));
        return rest == 0
            ? bound
            : bound + RealMath.Softplus(LogBlockChiSquare(symbolChiSquare, rest) - Math.Log(n));
    }

    /// <summary>
    /// As many candidates for each block suffice for KL(P* || P_n) of the sequence to be at most a budget: n of at
    /// least ((1 + chi2_1)^L - 1) / (exp(KL / B) - 1), B the number of blocks.
    /// </summary>
    /// <param name="symbolChiSquare">chi2_1 = chi^2(P* || P) of one symbol; at least 0.</param>
    /// <param name="length">The number m of independent symbols, at least 1.</param>
    /// <param name="blockLength">L, from 1 (symbolwise) to length (blockwise); the last block may be shorter.</param>
    /// <param name="kl">The budget in nats, positive.</param>
    /// <returns>
    /// log n, at least 0: about m chi2_1 / KL candidates symbolwise, but exponential in m blockwise.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// symbolChiSquare is negative or NaN, length is less than 1, blockLength is outside [1, length], or kl is not
    /// positive.
    /// </exception>
    /// <remarks><see cref="SequenceKlTiltToSoft"/> solved for n, the last block counted as a full one.</remarks>
    public static double LogCandidatesSufficient(double symbolChiSquare, int length, int blockLength, double kl)
    {
        CheckSequence(symbolChiSquare, length, blockLength);
        Throw.IfBelow(kl, double.Epsilon, nameof(kl));
        double perBlock = kl / BlockCount(length, blockLength);
        return Math.Max(0, LogBlockChiSquare(symbolChiSquare, blockLength) - RealMath.LogExpm1(perBlock));
    }

    /// <summary>
    /// No rule that selects each block from n candidates reaches an expected reward a per symbol unless
    /// log n is at least m I(a) / B, where I is the rate function and B the number of blocks.
    /// </summary>
    /// <param name="symbol">The reference law and the rewards of one symbol.</param>
    /// <param name="length">The number m of independent symbols, at least 1.</param>
    /// <param name="blockLength">L, from 1 (symbolwise) to length (blockwise); the last block may be shorter.</param>
    /// <param name="expectedReward">a, the expected reward per symbol.</param>
    /// <returns>A lower bound on log n; +infinity where a exceeds the highest reward.</returns>
    /// <exception cref="ArgumentNullException">The alphabet is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// length is less than 1, blockLength is outside [1, length], or expectedReward is infinite or NaN.
    /// </exception>
    /// <remarks>
    /// <see cref="RatioToReference"/> gives KL of at most log n for each block; a law of sequences with that mean
    /// reward has KL of at least m I(a) (<see cref="Tilt.RateFunction"/>). Best-of-n with exp(m (I + d)) candidates
    /// reaches it for every d > 0 and m large.
    /// </remarks>
    public static double LogCandidatesNecessary(
        FiniteAlphabet symbol,
        int length,
        int blockLength,
        double expectedReward)
    {
        ArgumentNullException.ThrowIfNull(symbol);
        CheckSequence(0, length, blockLength);
        return Tilt.RateFunction(symbol, expectedReward) * length / BlockCount(length, blockLength);
    }

    /// <summary>
    /// The same from the range D alone: to gain g per symbol, log n must be at least 2 m g^2 / (D^2 B).
    /// </summary>
    /// <param name="rewardRange">D, largest minus smallest reward of a symbol; at least 0, finite.</param>
    /// <param name="length">The number m of independent symbols, at least 1.</param>
    /// <param name="blockLength">L, from 1 (symbolwise) to length (blockwise); the last block may be shorter.</param>
    /// <param name="gain">g, expected reward per symbol beyond that under P; at least 0.</param>
    /// <returns>A lower bound on log n, at most <see cref="LogCandidatesNecessary"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// rewardRange is negative, infinite or NaN, length is less than 1, blockLength is outside [1, length], or gain is
    /// negative or NaN.
    /// </exception>
    /// <remarks>Hoeffding's lemma: I(E[r] + g) is at least 2 g^2 / D^2.</remarks>
    public static double LogCandidatesNecessaryFromRange(
        double rewardRange,
        int length,
        int blockLength,
        double gain)
    {
        Throw.IfBelow(rewardRange, 0, nameof(rewardRange));
        Throw.IfNotFinite(rewardRange, nameof(rewardRange));
        Throw.IfBelow(gain, 0, nameof(gain));
        CheckSequence(0, length, blockLength);
        double relative = RealMath.Scale(gain, rewardRange);
        return 2 * relative * relative * length / BlockCount(length, blockLength);
    }

    private static void CheckSequence(double symbolChiSquare, int length, int blockLength)
    {
        Throw.IfBelow(symbolChiSquare, 0, nameof(symbolChiSquare));
        Throw.IfNotLength(length, nameof(length));
        Throw.IfNotBlock(blockLength, length);
    }

    private static int BlockCount(int length, int blockLength) => ((length - 1) / blockLength) + 1;

    /// <summary>log((1 + chi2_1)^L - 1).</summary>
    private static double LogBlockChiSquare(double symbolChiSquare, int blockLength) =>
        RealMath.LogExpm1(blockLength * RealMath.Log1p(symbolChiSquare));
}
