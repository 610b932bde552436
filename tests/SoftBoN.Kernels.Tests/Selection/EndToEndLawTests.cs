using SoftBoN.Kernels.Theory;

namespace SoftBoN.Kernels.Tests.Selection;

/// <summary>
/// Candidates drawn from a model, then selected: outcomes follow the exact law P_n of n candidates. They do not follow
/// the optimal tilt P*, and the tests are powerful enough to tell.
/// </summary>
public sealed class EndToEndLawTests
{
    private const int Trials = 400_000;

    private static readonly double[] Model = [.5, .3, .2];

    private static readonly float[] Rewards = [0, .5f, 1];

    private static readonly FiniteAlphabet Alphabet = new(Model, [0, .5, 1]);

    [Theory]
    [InlineData(1f, 2)]
    [InlineData(1f, 4)]
    [InlineData(0.5f, 2)]
    [InlineData(0.5f, 8)]
    [InlineData(0.25f, 4)]
    public void Soft_best_of_n_follows_its_law_and_not_the_tilt(float lambda, int n)
    {
        long[] counts = Outcomes(new Pick(Temperature.Given(lambda)), n);

        ChiSquare.AssertFits(counts, ExactLaw.SoftBestOfN(Alphabet, lambda, n));
        ChiSquare.AssertRejects(counts, ExactLaw.OptimalTilt(Alphabet, lambda));
        ChiSquare.AssertRejects(counts, ExactLaw.SoftBestOfN(Alphabet, lambda, n + 1));
    }

    [Theory]
    [InlineData(1f, 2)]
    [InlineData(0.5f, 2)]
    [InlineData(0.5f, 4)]
    [InlineData(0.25f, 4)]
    public void The_uniform_race_follows_its_law_and_not_the_tilt(float lambda, int n)
    {
        long[] counts = Outcomes(new Pick(Temperature.Given(lambda)) { Noise = SelectionNoise.UniformRace }, n);

        ChiSquare.AssertFits(counts, ExactLaw.UniformRace(Alphabet, lambda, n));
        ChiSquare.AssertRejects(counts, ExactLaw.OptimalTilt(Alphabet, lambda));
        ChiSquare.AssertRejects(counts, ExactLaw.SoftBestOfN(Alphabet, lambda, n));
    }

    [Fact]
    public void Best_of_n_follows_its_law() => ChiSquare.AssertFits(
        Outcomes(new Pick(Temperature.Given(1)) { Noise = SelectionNoise.None }, 3), ExactLaw.BestOfN(Alphabet, 3));

    [Fact]
    public void Ties_at_lambda_zero_follow_the_law_of_best_of_n() => ChiSquare.AssertFits(
        Outcomes(new Pick(Temperature.Given(0)), 3), ExactLaw.BestOfN(Alphabet, 3));

    [Fact]
    public void At_infinity_the_model_is_left_as_it_is() => ChiSquare.AssertFits(
        Outcomes(new Pick(Temperature.Given(float.PositiveInfinity)), 4), Model);

    [Fact]
    public void A_negative_lambda_is_soft_worst_of_n() => ChiSquare.AssertFits(
        Outcomes(new Pick(Temperature.Signed(-0.5f)), 4),
        ExactLaw.SoftBestOfN(Alphabet.WithNegatedRewards(), 0.5, 4));

    private static long[] Outcomes(Pick pick, int n)
    {
        var random = new RandomRewards((ulong)(201 + n));
        int[] outcomes = new int[Trials * n];
        for (int i = 0; i < outcomes.Length; i++)
        {
            double u = random.NextUnit();
            outcomes[i] = u < Model[0] ? 0 : u < Model[0] + Model[1] ? 1 : 2;
        }

        Batch batch = Batch.Dense(Array.ConvertAll(outcomes, y => Rewards[y]), Trials, n);
        int[] index = SelectionResult.Of(
            Engines.Simd2, batch, pick with { Seeds = [2025] }, SelectionWanted.Index).Index;
        return ChiSquare.Count(
            [.. index.Select((candidate, trial) => outcomes[(trial * n) + candidate])], Model.Length);
    }
}
