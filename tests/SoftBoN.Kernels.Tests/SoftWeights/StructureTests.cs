using CsCheck;
using SoftBoN.Kernels.Theory;

namespace SoftBoN.Kernels.Tests.SoftWeights;

/// <summary>The facts that hold for every reference law and every n, on what the engine returns.</summary>
public sealed class StructureTests
{
    private const double Slack = 2e-6;

    private static readonly Gen<float[]> Rewards = Gen.OneOf(
        Gen.Float[-2, 2].Array[1, 40], Gen.Int[0, 4].Select(i => i / 4f).Array[1, 40]);

    private static readonly Gen<float> Temperatures = Gen.Float[-3, 3].Select(MathF.Exp);

    private static readonly Gen<(double[] Law, float[] Rewards)> Alphabet =
        from mass in Gen.Double[0.05, 1].Array[2, 4]
        from rewards in Gen.Float[-1, 1].Array[mass.Length]
        select (Array.ConvertAll(mass, m => m / mass.Sum()), rewards);

    [Fact]
    public void Expected_reward_grows_as_lambda_falls() =>
        Gen.Select(Rewards, Temperatures, Gen.Float[1, 5]).Sample((rewards, lambda, factor) =>
        {
            WeightsResult warm = Of(rewards, lambda * factor);
            WeightsResult cold = Of(rewards, lambda);
            AtMost(warm.ExpectedReward[0], cold.ExpectedReward[0]);
            AtMost(warm.LogMeanExp[0], cold.LogMeanExp[0]);
            AtMost(warm.KlToUniform[0], cold.KlToUniform[0]);
            AtMost(cold.EffectiveSampleSize[0], warm.EffectiveSampleSize[0] * (1 + Slack));
        });

    [Fact]
    public void The_means_lie_in_order() => Gen.Select(Rewards, Temperatures).Sample((rewards, lambda) =>
    {
        WeightsResult result = Of(rewards, lambda);
        AtMost(rewards.Average(), result.LogMeanExp[0]);
        AtMost(result.LogMeanExp[0], result.ExpectedReward[0]);
        AtMost(result.ExpectedReward[0], rewards.Max());
    });

    [Fact]
    public void The_plug_in_bounds_bound_what_they_name() =>
        Gen.Select(Rewards, Temperatures).Sample((rewards, lambda) =>
        {
            WeightsResult result = Of(rewards, lambda);
            var alphabet = FiniteAlphabet.Uniform(Array.ConvertAll(rewards, r => (double)r));
            double[] tilt = Array.ConvertAll(result.Weights, w => (double)w);
            double total = tilt.Sum();
            tilt = Array.ConvertAll(tilt, t => t / total);
            double[] soft = ExactLaw.SoftBestOfN(alphabet, lambda, rewards.Length);
            AtMost(Divergence.Kl(tilt, soft), result.KlFromTiltBound[0]);
            AtMost(Divergence.Kl(soft, alphabet.Probabilities), result.KlFromModelBound[0]);
            AtMost(
                Divergence.Kl(tilt, soft) + Divergence.Kl(soft, alphabet.Probabilities), result.KlToUniform[0]);
        });

    [Fact]
    public void Weights_averaged_over_all_candidate_sets_are_the_exact_law() =>
        Gen.Select(Alphabet, Temperatures, Gen.Int[1, 4]).Sample(
            (alphabet, lambda, n) =>
            {
                double[] exact = ExactLaw.SoftBestOfN(
                    new FiniteAlphabet(alphabet.Law, Array.ConvertAll(alphabet.Rewards, r => (double)r)), lambda, n);
                double[] law = Law(alphabet.Law, alphabet.Rewards, lambda, n);
                for (int i = 0; i < exact.Length; i++)
                {
                    Near.Relative(exact[i], law[i], Slack, $"outcome {i}");
                }
            },
            iter: 60);

    [Fact]
    public void Laws_are_ordered_in_n_by_likelihood_ratio() =>
        Gen.Select(Alphabet, Temperatures, Gen.Int[1, 3]).Sample(
            (alphabet, lambda, n) =>
            {
                double[] smaller = Law(alphabet.Law, alphabet.Rewards, lambda, n);
                double[] larger = Law(alphabet.Law, alphabet.Rewards, lambda, n + 1);
                int[] order = [.. Enumerable.Range(0, smaller.Length).OrderBy(i => alphabet.Rewards[i])];
                for (int i = 0; i < order.Length; i++)
                {
                    int y = order[i];
                    AtMost(larger[y] / alphabet.Law[y], n + 1);
                    int below = order[Math.Max(0, i - 1)];
                    AtMost(larger[below] / smaller[below], larger[y] / smaller[y]);
                }
            },
            iter: 60);

    /// <summary>The law of the outcome: weights of all K^n candidate sets, each as likely as its candidates.</summary>
    private static double[] Law(double[] model, float[] rewards, float lambda, int n)
    {
        int sets = (int)Math.Pow(model.Length, n);
        int[] outcomes = [.. Enumerable.Range(0, sets * n)
            .Select(i => i / n / (int)Math.Pow(model.Length, i % n) % model.Length)];
        Batch batch = Batch.Dense(Array.ConvertAll(outcomes, y => rewards[y]), sets, n);
        float[] weights = WeightsResult.Of(Engines.Simd, batch, Temperature.Given(lambda)).Weights;
        double[] law = new double[model.Length];
        for (int set = 0; set < sets; set++)
        {
            int[] chosen = outcomes[(set * n)..((set + 1) * n)];
            double chance = chosen.Aggregate(1.0, (product, y) => product * model[y]);
            for (int i = 0; i < n; i++)
            {
                law[chosen[i]] += chance * weights[(set * n) + i];
            }
        }

        return law;
    }

    private static WeightsResult Of(float[] rewards, float lambda) =>
        WeightsResult.Of(Engines.Simd, Batch.Of(rewards), Temperature.Given(lambda));

    private static void AtMost(double small, double large) =>
        Assert.True(small <= large + Slack, $"{small:R} exceeds {large:R} by {small - large:E2}");
}
