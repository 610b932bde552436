namespace SoftBoN.Kernels.Tests.Selection;

/// <summary>What is excluded is never picked; what is left always is.</summary>
public sealed class ExclusionTests
{
    private const int Draws = 2_000;

    private static readonly SelectionNoise[] Noises = Enum.GetValues<SelectionNoise>();

    [Theory]
    [InlineData(5)]
    [InlineData(64)]
    [InlineData(1030)]
    public void An_excluded_candidate_is_never_picked(int length)
    {
        float[] row = new RandomRewards(211).Row(length, Mood.SomeExcluded);
        foreach (SelectionNoise noise in Noises)
        {
            foreach (float lambda in new[] { 0f, 1f, 1e30f, float.PositiveInfinity })
            {
                var pick = new Pick(Temperature.Given(lambda)) { Noise = noise, Draws = Draws };
                foreach (SelectionWanted wanted in new[] { SelectionWanted.Index, SelectionWanted.All })
                {
                    int[] index = SelectionResult.Of(Engines.Simd, Batch.Of(row), pick, wanted).Index;
                    Assert.All(index, candidate => Assert.True(float.IsFinite(row[candidate])));
                }
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(31)]
    [InlineData(300)]
    [InlineData(1024)]
    [InlineData(4097)]
    public void A_lone_candidate_always_wins(int length)
    {
        for (int place = 0; place < length; place += 1 + (length / 7))
        {
            float[] row = [.. Enumerable.Repeat(float.NegativeInfinity, length)];
            row[place] = -3e38f;
            foreach (SelectionNoise noise in Noises)
            {
                var pick = new Pick(Temperature.Given(1e-3f)) { Noise = noise, Draws = 300 };
                int[] index = SelectionResult.Of(Engines.Simd, Batch.Of(row), pick, SelectionWanted.Index).Index;
                Assert.All(index, candidate => Assert.Equal(place, candidate));
            }
        }
    }

    [Fact]
    public void A_candidate_with_an_underflowed_weight_is_not_excluded()
    {
        float[] row = [-3e38f, float.NegativeInfinity, 0];
        SelectionResult result = SelectionResult.Of(
            Engines.Simd, Batch.Of(row), new Pick(Temperature.Given(1e-30f)) { Draws = 3, Distinct = true });

        Assert.Equal([2, 0, -1], result.Index);
        Assert.Equal(float.PositiveInfinity, result.Margin[1]);
    }
}
