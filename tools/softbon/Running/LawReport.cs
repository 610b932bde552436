using SoftBoN.Kernels.Theory;

namespace SoftBoN.Tool.Running;

/// <summary>A selection rule's law, its distances in nats and its mean reward.</summary>
/// <param name="Key">The rule's name for programs.</param>
/// <param name="Short">The same in the keys of numbers about it.</param>
/// <param name="Name">The rule's name for people.</param>
/// <param name="Law">One probability per outcome.</param>
/// <param name="KlToReference">KL(law || model).</param>
/// <param name="KlFromTilt">KL(optimal tilt || law).</param>
/// <param name="ExpectedReward">The mean reward.</param>
internal sealed record RuleLaw(
    string Key,
    string Short,
    string Name,
    double[] Law,
    double KlToReference,
    double KlFromTilt,
    double ExpectedReward);

/// <summary>The exact laws on a finite set of outcomes.</summary>
/// <param name="Alphabet">The model's law and the rewards.</param>
/// <param name="Lambda">The temperature.</param>
/// <param name="N">The number of candidates.</param>
/// <param name="Rules">Optimal tilt, soft best-of-n, uniform race, best-of-n.</param>
/// <param name="ChiSquare">chi-square(tilt || model).</param>
/// <param name="KlTiltToSoftBound">KL(tilt || soft) is at most this.</param>
/// <param name="KlSoftToReferenceBound">KL(soft || model) is at most this.</param>
internal sealed record LawReport(
    FiniteAlphabet Alphabet,
    double Lambda,
    int N,
    IReadOnlyList<RuleLaw> Rules,
    double ChiSquare,
    double KlTiltToSoftBound,
    double KlSoftToReferenceBound)
{
    public static LawReport Compute(FiniteAlphabet alphabet, double lambda, int n)
    {
        double[] tilt = ExactLaw.OptimalTilt(alphabet, lambda);
        double chiSquare = Tilt.ChiSquare(alphabet, lambda);
        RuleLaw Rule(string key, string brief, string name, double[] law) => new(
            key,
            brief,
            name,
            law,
            Divergence.Kl(law, alphabet.Probabilities),
            Divergence.Kl(tilt, law),
            alphabet.ExpectedReward(law));
        return new LawReport(
            alphabet,
            lambda,
            n,
            [
                Rule("tilt", "tilt", "optimal tilt", tilt),
                Rule("soft", "soft", "soft best-of-n", ExactLaw.SoftBestOfN(alphabet, lambda, n)),
                Rule("uniform_race", "ur", "uniform race", ExactLaw.UniformRace(alphabet, lambda, n)),
                Rule("bon", "bon", "best-of-n", ExactLaw.BestOfN(alphabet, n)),
            ],
            chiSquare,
            Bounds.KlTiltToSoft(chiSquare, n),
            Math.Min(Bounds.KlSoftToReferenceFromRange(alphabet.RewardRange, lambda, n), Bounds.BestOfNKl(n)));
    }
}
