namespace SoftBoN.Kernels.Theory;

/// <summary>
/// Sequences of independent symbols whose reward is the sum of the symbols' rewards: exact figures of soft best-of-n
/// by whole sequences, symbol by symbol, and by blocks in between.
/// </summary>
/// <remarks>
/// The tilt of such a sequence is a product, so all three approach the same target at one lambda. For a reward that is
/// the average over length m instead of the sum, divide lambda by m. Inequalities for sequences are in
/// <see cref="Bounds"/>. Analysed by Verdun, Oesterling, Lakkaraju and Calmon, arXiv 2505.03156.
/// </remarks>
public static class Sequences
{
    /// <summary>The most types that <see cref="Types"/> agrees to list.</summary>
    private const double MostTypes = 1e6;

    /// <summary>
    /// Sequences by type: one outcome for each way of writing the length as counts of the distinct rewards.
    /// </summary>
    /// <param name="symbol">The reference law and the rewards of one symbol.</param>
    /// <param name="length">The number of symbols, at least 1.</param>
    /// <returns>
    /// An alphabet of (length + K - 1 choose K - 1) types for K distinct rewards of positive probability: each with its
    /// multinomial probability and its summed reward, those with the most symbols of the highest reward last. Laws,
    /// divergences, tilts and bounds on it are those of whole sequences: a law that is P times a function of the
    /// reward stays so.
    /// </returns>
    /// <exception cref="ArgumentNullException">The alphabet is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">length is less than 1.</exception>
    /// <exception cref="ArgumentException">There are more than a million types.</exception>
    /// <remarks>
    /// Types whose sums differ by rounding alone are distinct rewards. That matters only where ties do, at lambda near
    /// 0: give rewards that are multiples of a power of 2 there.
    /// </remarks>
    public static FiniteAlphabet Types(FiniteAlphabet symbol, int length)
    {
        ArgumentNullException.ThrowIfNull(symbol);
        Throw.IfNotLength(length, nameof(length));
        double count = TypeList.Count(symbol.Levels.Count, length);
        if (count > MostTypes)
        {
            throw new ArgumentException(
                $"length = {length} over {symbol.Levels.Count} distinct rewards has {count:E2} types or more; the "
                + $"limit is {MostTypes:E0}: use shorter blocks, or join rewards that hardly differ.",
                nameof(length));
        }

        return new TypeList(symbol.Levels, (int)count).Build(length);
    }

    /// <summary>
    /// Soft best-of-n block by block: each block of the sequence is selected from n candidates of its own.
    /// </summary>
    /// <param name="symbol">The reference law and the rewards of one symbol.</param>
    /// <param name="length">The number m of symbols, at least 1.</param>
    /// <param name="blockLength">
    /// L, from 1 (symbolwise) to length (blockwise); the last block is shorter where L does not divide m.
    /// </param>
    /// <param name="lambda">The temperature for summed rewards, from 0 (best-of-n) to +infinity.</param>
    /// <param name="n">The number of candidates for each block, at least 1.</param>
    /// <returns>The expected reward and the divergences of the whole sequence.</returns>
    /// <exception cref="ArgumentNullException">The alphabet is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// length or n is less than 1, blockLength is outside [1, length], or lambda is negative or NaN.
    /// </exception>
    /// <exception cref="ArgumentException">A block has more than a million types.</exception>
    /// <remarks>Blocks are independent, so rewards and divergences add up.</remarks>
    public static SequenceFigures SoftBestOfN(
        FiniteAlphabet symbol,
        int length,
        int blockLength,
        double lambda,
        int n)
    {
        ArgumentNullException.ThrowIfNull(symbol);
        Throw.IfNotLength(length, nameof(length));
        Throw.IfNotBlock(blockLength, length);
        Throw.IfNotTemperature(lambda);
        Throw.IfNotCandidateCount(n);
        int blocks = Math.DivRem(length, blockLength, out int rest);
        SequenceFigures figures = Block(symbol, blockLength, lambda, n).Times(blocks);
        return rest == 0 ? figures : figures.Plus(Block(symbol, rest, lambda, n));
    }

    /// <summary>chi^2 of the tilt of a sequence: 1 + chi2_m = (1 + chi2_1)^m.</summary>
    /// <param name="symbolChiSquare">chi2_1 = chi^2(P* || P) of one symbol; at least 0.</param>
    /// <param name="length">m, at least 1.</param>
    /// <returns>chi2_m, relatively accurate; +infinity where it exceeds the largest double.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// symbolChiSquare is negative or NaN, or length is less than 1.
    /// </exception>
    public static double ChiSquare(double symbolChiSquare, int length)
    {
        Throw.IfBelow(symbolChiSquare, 0, nameof(symbolChiSquare));
        Throw.IfNotLength(length, nameof(length));
        return RealMath.Expm1(length * RealMath.Log1p(symbolChiSquare));
    }

    private static SequenceFigures Block(FiniteAlphabet symbol, int length, double lambda, int n)
    {
        FiniteAlphabet types = Types(symbol, length);
        double[] tilt = ExactLaw.OptimalTilt(types, lambda);
        double[] soft = ExactLaw.SoftBestOfN(types, lambda, n);
        return new(
            types.ExpectedReward(soft), Divergence.Kl(tilt, soft), Divergence.Kl(soft, types.Probabilities));
    }
}
