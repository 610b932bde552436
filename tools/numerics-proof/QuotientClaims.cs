using System.Globalization;

namespace SoftBoN.NumericsProof;

/// <summary>a / b from the correctly rounded reciprocal of b and one residual, against IEEE division.</summary>
/// <remarks>
/// Let A and B be the 24-bit mantissas, a and b in [1, 2), y = RN(1/b), q = RN(a y), r = RN(a - b q), q' = RN(q + r y).
/// |y - 1/b| is at most 2^-25, so |q - a/b| is at most 2^-23 where a is not below b and 1.5 * 2^-24 where it is; r is
/// off by at most 2^-24 |r|; so q + r y is within 3 * 2^-47 of a/b where a is not below b, and within 4.5 * 2^-48 where
/// it is. Hence q' can differ from RN(a/b) only where a midpoint of two neighbouring floats is that near, which means
/// A 2^24 = B (2M + 1) + R in the first case and A 2^25 = B (2M + 1) + R in the second, with |R| at most 9. R = 0 is
/// impossible: no quotient is a midpoint. For each B and R those A are found by inverting powers of two modulo the odd
/// part of B, and all of them are tried, with R up to <see cref="LargestResidue"/> for good measure. Signs and
/// exponents are exact integer arithmetic; random pairs of any exponents try them.
/// </remarks>
internal static class QuotientClaims
{
    private const int LargestResidue = 16;
    private const uint FirstMantissa = 1u << 23;
    private const uint AllOnes = (1u << 24) - 1;
    private const int Neighbours = 8;

    public static IEnumerable<Claim> Prove(Sweep sweep, long pairs)
    {
        Tally hard = Each(sweep, "a/b, hard cases", FirstMantissa, AllOnes, sweep.Stride, HardCases);
        Tally nearOnes = default;
        for (uint b = AllOnes - Neighbours; b <= AllOnes; b++)
        {
            nearOnes.Add(Each(sweep, "a/b, all-ones b", FirstMantissa, AllOnes, sweep.Stride, SameDivisor(b)));
        }

        Tally random = Each(new Sweep(sweep.Threads, 1), "a/b, random pairs", 0, pairs - 1, 1, RandomPairs);
        return
        [
            Differences("every pair that could round wrongly", hard),
            Differences(FormattableString.Invariant($"all a, the {Neighbours + 1} largest mantissas of b"), nearOnes),
            Differences("random pairs of all exponents", random),
            .. ElementaryClaims.Lanes("a/b by fma", Together(hard, nearOnes, random)),
        ];
    }

    private static Claim Differences(string what, Tally tally) => new(
        "a/b by fma",
        $"unlike IEEE, {what}",
        tally.Inputs,
        tally.MaxError,
        "ulp",
        tally.MaxError > 0 ? string.Create(CultureInfo.InvariantCulture, $"b = 0x{tally.MaxErrorAt:x8}") : "",
        0);

    private static Tally Together(Tally a, Tally b, Tally c)
    {
        a.Add(in b);
        a.Add(in c);
        return a;
    }

    private static Tally Each(
        Sweep sweep, string what, long first, long last, uint stride, Action<QuotientBatch, long> tryOne)
    {
        Tally total = default;
        sweep.Run(what, first, last, (start, count) =>
        {
            var batch = new QuotientBatch();
            for (int i = 0; i < count; i++)
            {
                tryOne(batch, start + ((long)i * stride));
            }

            sweep.Collect(ref total, batch.Finish());
        });
        return total;
    }

    private static Action<QuotientBatch, long> SameDivisor(uint b) => (batch, a) => batch.TryMantissas((uint)a, b);

    /// <summary>Two words of a counter-based generator: any pair of signs, exponents and mantissas.</summary>
    private static void RandomPairs(QuotientBatch batch, long index)
    {
        ulong word = Mix((ulong)index);
        batch.TryBits((uint)word, (uint)(word >> 32));
    }

    /// <summary>The finalizer of splitmix64 on a Weyl sequence.</summary>
    private static ulong Mix(ulong index)
    {
        ulong z = (index + 1) * 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    private static void HardCases(QuotientBatch batch, long divisor)
    {
        uint b = (uint)divisor;
        int twos = System.Numerics.BitOperations.TrailingZeroCount(b);
        if (1 << twos > LargestResidue)
        {
            return;
        }

        uint odd = b >> twos;
        ulong inverse = InverseOfPowerOfTwo(24 - twos, odd);
        ulong halfOfIt = Half(inverse, odd);

        // The quotient's parity makes R the product of 2^twos and an odd number.
        for (int residue = 1 << twos; residue <= LargestResidue; residue += 2 << twos)
        {
            ulong factor = (ulong)(residue >> twos);
            uint above = (uint)(inverse * factor % odd);
            uint below = (uint)(halfOfIt * factor % odd);
            TryClass(batch, above, odd, b, b, AllOnes);
            TryClass(batch, odd - above, odd, b, b, AllOnes);
            TryClass(batch, below, odd, b, FirstMantissa, b - 1);
            TryClass(batch, odd - below, odd, b, FirstMantissa, b - 1);
        }
    }

    /// <summary>All a from first to last that are congruent to a residue class of the divisor's odd part.</summary>
    private static void TryClass(QuotientBatch batch, uint remainder, uint odd, uint b, uint first, uint last)
    {
        uint a = remainder;
        if (a < first)
        {
            a += (first - a + odd - 1) / odd * odd;
        }

        for (; a <= last; a += odd)
        {
            batch.TryMantissas(a, b);
        }
    }

    private static ulong InverseOfPowerOfTwo(int power, uint odd)
    {
        ulong inverse = 1 % odd;
        for (int i = 0; i < power; i++)
        {
            inverse = Half(inverse, odd);
        }

        return inverse;
    }

    private static ulong Half(ulong x, uint odd) => (x & 1) == 0 ? x / 2 : (x + odd) / 2;
}
