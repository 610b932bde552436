using System.Globalization;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.NumericsProof;

/// <summary>The random variables at every word that gives another one.</summary>
internal static class NoiseClaims
{
    private const float SmallestUniform = 1f / 4294967296f;

    public static IEnumerable<Claim> Prove(Sweep sweep)
    {
        NoiseTally uniform = NoiseSweep.Run<UniformNoise>(sweep, "uniform");
        NoiseTally gumbel = NoiseSweep.Run<GumbelNoise>(sweep, "gumbel");
        NoiseTally exponential = NoiseSweep.Run<ExponentialNoise>(sweep, "exponential");
        return
        [
            .. Bounds("uniform", uniform, -Noise.LargestUniform, -SmallestUniform, negated: true),
            .. Order("uniform", uniform),
            .. ElementaryClaims.Lanes("uniform", uniform.Absolute),
            Error("gumbel", "absolute error", gumbel.Absolute, "nats", 1.04e-6),
            Error("gumbel", "absolute error, results below 16", gumbel.Fine, "nats", 5.72e-7),
            .. Bounds("gumbel", gumbel, Noise.GumbelMin, Noise.GumbelMax, negated: false),
            .. Order("gumbel", gumbel),
            .. ElementaryClaims.Lanes("gumbel", gumbel.Absolute),
            .. ElementaryClaims.Lanes(
                "gumbel, by loops", NoiseSweep.Run<GumbelLoop>(sweep, "gumbel, by loops").Absolute),
            Error("exponential", "error", exponential.Relative, "ulp", 1.32),
            Error("exponential", "absolute error", exponential.Absolute, "nats", null),
            .. Bounds("exponential", exponential, 0, 22.181f, negated: false),
            .. Order("exponential", exponential),
            .. ElementaryClaims.Lanes("exponential", exponential.Absolute),
        ];
    }

    private static Claim Error(string subject, string what, Tally tally, string unit, double? limit) =>
        new(subject, what, tally.Inputs, tally.MaxError, unit, Word(tally.MaxErrorAt), limit);

    private static IEnumerable<Claim> Bounds(
        string subject, NoiseTally tally, float lower, float upper, bool negated)
    {
        long inputs = tally.Absolute.Inputs;
        float sign = negated ? -1 : 1;
        (float small, float large) = negated ? (-tally.Largest, -tally.Smallest) : (tally.Smallest, tally.Largest);
        yield return new Claim(subject, "smallest value", inputs, small, "", "", null);
        yield return new Claim(subject, "largest value", inputs, large, "", "", null);
        double outside = Math.Max(0, Math.Max((double)lower - tally.Smallest, (double)tally.Largest - upper));
        string documented = string.Create(
            CultureInfo.InvariantCulture,
            $"[{Math.Min(sign * lower, sign * upper):G9}, {Math.Max(sign * lower, sign * upper):G9}]");
        yield return new Claim(subject, $"outside {documented}", inputs, outside, "", "", 0);
        yield return new Claim(subject, "subnormal results", inputs, tally.Absolute.Subnormals, "results", "", 0);
    }

    private static IEnumerable<Claim> Order(string subject, NoiseTally tally)
    {
        long inputs = tally.Absolute.Inputs;
        yield return new Claim(subject, "steps against the order of words", inputs, tally.Rises, "words", "", 0);
        if (tally.Rises > 0)
        {
            yield return new Claim(
                subject, "largest such step", inputs, tally.LargestRise, "", Word(tally.LargestRiseAt), null);
        }
    }

    private static string Word(uint word) => string.Create(
        CultureInfo.InvariantCulture, $"word 0x{word:x8} (v = {Noise.Uniform(word):G9})");
}
