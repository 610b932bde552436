using CsCheck;

namespace SoftBoN.Kernels.Theory.Tests;

/// <summary>A random instance: ties, rare outcomes and outcomes of probability 0 all occur.</summary>
internal sealed record Instance(FiniteAlphabet Alphabet, double Lambda, int N)
{
    private static readonly Gen<double> Mass = Gen.Frequency(
        (1, Gen.Const(0.0)),
        (8, Gen.Double[0.01, 1]),
        (2, Gen.Double[-20, 0].Select(Math.Exp)));

    private static readonly Gen<double> Reward = Gen.Frequency(
        (1, Gen.Int[-4, 4].Select(i => i / 4.0)),
        (1, Gen.Double[-1, 1]));

    private static readonly Gen<double> Temperature = Gen.Frequency(
        (1, Gen.OneOf(Gen.Const(0.0), Gen.Const(1.0), Gen.Const(double.PositiveInfinity))),
        (8, Gen.Double[-5, 6].Select(Math.Exp)));

    internal static Gen<Instance> Any(int mostOutcomes, int mostCandidates) => Gen.Select(
        Gen.Select(Mass, Reward).Array[1, mostOutcomes].Where(outcomes => outcomes.Any(o => o.Item1 > 0)),
        Temperature,
        Gen.Int[1, mostCandidates],
        (outcomes, lambda, n) => new Instance(Build(outcomes), lambda, n));

    internal double[] TiltLaw => ExactLaw.OptimalTilt(Alphabet, Lambda);

    internal double[] Soft => ExactLaw.SoftBestOfN(Alphabet, Lambda, N);

    internal double[] Race => ExactLaw.UniformRace(Alphabet, Lambda, N);

    internal double[] Reference => Alphabet.Probabilities.ToArray();

    internal double PeakRatio => Tilt.PeakRatio(Alphabet, Lambda);

    internal double ChiSquare => Tilt.ChiSquare(Alphabet, Lambda);

    /// <summary>Printed by the property runner with a counterexample.</summary>
    public override string ToString() =>
        $"p = [{string.Join(", ", Reference.Select(x => x.ToString("R")))}], "
        + $"r = [{string.Join(", ", Alphabet.Rewards.ToArray().Select(x => x.ToString("R")))}], "
        + $"lambda = {Lambda:R}, n = {N}";

    private static FiniteAlphabet Build((double Mass, double Reward)[] outcomes)
    {
        double total = outcomes.Sum(o => o.Mass);
        return new FiniteAlphabet(
            Array.ConvertAll(outcomes, o => o.Mass / total), Array.ConvertAll(outcomes, o => o.Reward));
    }
}
