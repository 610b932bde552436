using CsCheck;

namespace SoftBoN.Kernels.Theory.Tests;

/// <summary>No random instance breaks a bound.</summary>
public sealed class BoundPropertyTests
{
    private const int Runs = 1000;

    private static readonly Gen<Instance> Instances = Instance.Any(mostOutcomes: 7, mostCandidates: 200);

    [Fact]
    public void Pointwise_ratio() => Instances.Sample(
        x =>
        {
            double[] bound = Bounds.PointwiseRatio(x.Alphabet, x.Lambda, x.N);
            for (int y = 0; y < bound.Length; y++)
            {
                Near.AtMost(x.TiltLaw[y], bound[y] * x.Soft[y], 1e-13 * x.TiltLaw[y]);
            }
        },
        iter: Runs);

    [Fact]
    public void Divergence_of_the_tilt() => Instances.Sample(
        x =>
        {
            double bound = Bounds.KlTiltToSoft(x.ChiSquare, x.N);

            Near.AtMost(Divergence.Kl(x.TiltLaw, x.Soft), bound);
            Near.AtMost(bound, x.ChiSquare / x.N);
            Near.AtMost(bound, Bounds.MaxDivergence(x.PeakRatio, x.N));
            Near.AtMost(bound, Bounds.KlTiltToSoftFromRange(x.Alphabet.RewardRange, x.Lambda, x.N), 1e-11);
        },
        iter: Runs);

    [Fact]
    public void Max_divergence() => Instances.Sample(
        x =>
        {
            double[] tilt = x.TiltLaw;
            double[] soft = x.Soft;
            double largest = Enumerable.Range(0, tilt.Length).Where(y => tilt[y] > 0).Max(y => tilt[y] / soft[y]);

            Near.AtMost(Math.Log(largest), Bounds.MaxDivergence(x.PeakRatio, x.N));
        },
        iter: Runs);

    [Fact]
    public void Chi_square_from_the_range() => Instances.Sample(
        x => Near.AtMost(
            x.ChiSquare,
            Bounds.ChiSquareFromRange(x.Alphabet.RewardRange, x.Lambda),
            1e-12 * (1 + x.ChiSquare)),
        iter: Runs);

    [Fact]
    public void Reward_gap() => Instances.Where(x => x.Alphabet.RewardRange > 0).Sample(
        x =>
        {
            FiniteAlphabet shifted = Shifted(x.Alphabet);
            double limit = shifted.ExpectedReward(x.TiltLaw);
            double gap = (limit - shifted.ExpectedReward(x.Soft)) / limit;
            double bound = Bounds.RewardGap(shifted, x.Lambda, x.N);
            double fromPeak = Bounds.RewardGapFromPeak(x.PeakRatio, x.N);

            Near.AtMost(0, gap);
            Near.AtMost(gap, bound);
            Near.AtMost(bound, fromPeak, 1e-12 * (1 + fromPeak));
            Near.AtMost(
                fromPeak,
                Bounds.RewardGapFromRange(x.Alphabet.RewardRange, x.Lambda, x.N),
                1e-12 * (1 + fromPeak));
        },
        iter: Runs);

    [Fact]
    public void Reverse_pythagoras() => Instances.Sample(
        x => Near.AtMost(0, Bounds.ReversePythagorasSlack(x.TiltLaw, x.Soft, x.Reference)),
        iter: Runs);

    [Fact]
    public void Divergence_from_the_reference() => Instances.Sample(
        x =>
        {
            double divergence = Divergence.Kl(x.Soft, x.Reference);

            Near.AtMost(
                divergence, Bounds.KlSoftToReferenceFromRange(x.Alphabet.RewardRange, x.Lambda, x.N));
            Near.AtMost(divergence, Bounds.BestOfNKl(x.N));
            double topMass = ExactLaw.OptimalTilt(x.Alphabet, 0).Zip(x.Reference, (t, p) => t > 0 ? p : 0).Sum();
            double corrected = Bounds.BestOfNKl(x.N, Math.Min(1, topMass));
            Near.AtMost(Divergence.Kl(ExactLaw.BestOfN(x.Alphabet, x.N), x.Reference), corrected);
            Near.AtMost(corrected, Bounds.BestOfNKl(x.N));
        },
        iter: Runs);

    [Fact]
    public void Ratio_to_the_reference() => Instances.Sample(
        x =>
        {
            double bound = Bounds.RatioToReference(x.N);
            for (int y = 0; y < x.Soft.Length; y++)
            {
                Near.AtMost(x.Soft[y], bound * x.Reference[y], 1e-13);
                Near.AtMost(x.Race[y], bound * x.Reference[y], 1e-13);
            }
        },
        iter: Runs);

    [Fact]
    public void Candidates_from_another_law_obey_the_same_bounds() => Gen.Select(
        Instance.Any(6, 100).Where(x => x.Lambda is > 0.02 and < 100 && x.Reference.All(p => p > 0)),
        Gen.Double[-2, 2].Array[6]).Sample(
        (x, noise) =>
        {
            // Weights P exp(r / lambda) / Q on candidates from Q lead to the same tilt.
            double[] q = [.. x.Reference.Select((p, y) => p * Math.Exp(noise[y]))];
            q = Array.ConvertAll(q, v => v / q.Sum());
            double[] rewards = [.. x.Reference.Select(
                (p, y) => x.Alphabet.Rewards[y] + (x.Lambda * Math.Log(p / q[y])))];
            var other = new FiniteAlphabet(q, rewards);
            double[] tilt = x.TiltLaw;
            double chiSquare = Divergence.ChiSquare(tilt, q);

            Near.Absolute(tilt, ExactLaw.OptimalTilt(other, x.Lambda), 1e-12);
            Near.Relative(1 + chiSquare, 1 + Tilt.ChiSquare(other, x.Lambda), 1e-11);
            Near.AtMost(
                Divergence.Kl(tilt, ExactLaw.SoftBestOfN(other, x.Lambda, x.N)),
                Bounds.KlTiltToSoft(chiSquare, x.N),
                1e-11);
            double penalty = Math.Exp(2 * x.Alphabet.RewardRange / x.Lambda);
            Near.AtMost((1 + chiSquare) / penalty, 1 + Divergence.ChiSquare(x.Reference, q), 1e-11);
        },
        iter: Runs);

    private static FiniteAlphabet Shifted(FiniteAlphabet alphabet)
    {
        double[] p = alphabet.Probabilities.ToArray();
        double[] r = alphabet.Rewards.ToArray();
        double lowest = r.Where((_, i) => p[i] > 0).Min();
        return new FiniteAlphabet(p, Array.ConvertAll(r, x => x - lowest));
    }
}
