using System.Text.Json;

namespace SoftBoN.Kernels.Theory.Tests;

/// <summary>Every field of the 40-digit reference file.</summary>
public sealed class ExactLawVectorTests
{
    private const double Tolerance = 1e-14;

    public static TheoryData<string> Cases()
    {
        var cases = new TheoryData<string>();
        if (SharedVectors.ExactLaws is not null)
        {
            using var document = JsonDocument.Parse(File.ReadAllText(SharedVectors.ExactLaws));
            foreach (JsonElement element in document.RootElement.GetProperty("cases").EnumerateArray())
            {
                cases.Add(element.GetRawText());
            }
        }
        else
        {
            cases.Add("absent");
        }

        return cases;
    }

    [SharedVectorTheory]
    [MemberData(nameof(Cases), DisableDiscoveryEnumeration = true)]
    public void Laws_divergences_rewards_and_bound_equal_the_reference(string json)
    {
        using var document = JsonDocument.Parse(json);
        JsonElement expected = document.RootElement;
        double lambda = Number(expected, "lambda");
        int n = expected.GetProperty("n").GetInt32();
        var alphabet = new FiniteAlphabet(Numbers(expected, "p"), Numbers(expected, "reward"));

        double[] tilt = ExactLaw.OptimalTilt(alphabet, lambda);
        double[] soft = ExactLaw.SoftBestOfN(alphabet, lambda, n);
        double[] race = ExactLaw.UniformRace(alphabet, lambda, n);
        double[] best = ExactLaw.BestOfN(alphabet, n);
        double chiSquare = Tilt.ChiSquare(alphabet, lambda);

        Near.Absolute(Numbers(expected, "tilt"), tilt, Tolerance);
        Near.Absolute(Numbers(expected, "soft"), soft, Tolerance);
        Near.Absolute(Numbers(expected, "soft"), ExactLaw.SoftBestOfNByEnumeration(alphabet, lambda, n), Tolerance);
        Near.Absolute(Numbers(expected, "uniform_race"), race, Tolerance);
        Near.Absolute(Numbers(expected, "bon"), best, Tolerance);
        Near.Absolute(Number(expected, "chi2"), chiSquare, Tolerance);
        Near.Absolute(Number(expected, "chi2"), Divergence.ChiSquare(tilt, alphabet.Probabilities), Tolerance);
        Near.Absolute(Number(expected, "kl_tilt_soft"), Divergence.Kl(tilt, soft), Tolerance);
        Near.Absolute(Number(expected, "kl_soft_ref"), Divergence.Kl(soft, alphabet.Probabilities), Tolerance);
        Near.Absolute(Number(expected, "kl_tilt_ur"), Divergence.Kl(tilt, race), Tolerance);
        Near.Absolute(Number(expected, "bound"), Bounds.KlTiltToSoft(chiSquare, n), Tolerance);
        Near.Absolute(Number(expected, "e_soft"), alphabet.ExpectedReward(soft), Tolerance);
        Near.Absolute(Number(expected, "e_ur"), alphabet.ExpectedReward(race), Tolerance);
        Near.Absolute(Number(expected, "e_tilt"), alphabet.ExpectedReward(tilt), Tolerance);
        Near.Absolute(Number(expected, "e_bon"), alphabet.ExpectedReward(best), Tolerance);
    }

    [SharedVectorTheory]
    [InlineData(30)]
    public void The_reference_file_is_read_whole(int count) => Assert.Equal(count, Cases().Count);

    private static double Number(JsonElement element, string name) => element.GetProperty(name).GetDouble();

    private static double[] Numbers(JsonElement element, string name) =>
        [.. element.GetProperty(name).EnumerateArray().Select(e => e.GetDouble())];
}
