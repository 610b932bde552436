namespace SoftBoN.Kernels.Tests.SoftWeights;

/// <summary>Every backend and any number of threads return the bits of the scalar loops.</summary>
public sealed class BackendBitsTests
{
    private static readonly int[] Borders = [1023, 1024, 1025, 65_540];

    [Fact]
    public void All_lengths_to_300_of_all_moods_at_every_given_lambda()
    {
        Batch batch = new RandomRewards(1).Rows(Enumerable.Range(1, 300), RandomRewards.Moods);

        Assert.All(Temperatures.Given, lambda => AssertAllEnginesAgree(batch, lambda));
    }

    [Fact]
    public void Lengths_around_segments_at_every_given_lambda()
    {
        Batch batch = new RandomRewards(2).Rows(Borders, Mood.Normal, Mood.SomeExcluded, Mood.AnyBits, Mood.Tiny);

        Assert.All(Temperatures.Given, lambda => AssertAllEnginesAgree(batch, lambda));
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void All_lengths_to_300_at_every_budget()
    {
        Batch batch = new RandomRewards(3).Rows(
            Enumerable.Range(1, 300), Mood.Normal, Mood.Ties, Mood.SomeExcluded, Mood.AnyBits, Mood.WithNaN);

        Assert.All(Temperatures.Budgets, lambda => AssertAllEnginesAgree(batch, lambda));
    }

    [Fact]
    public void Lengths_around_segments_at_budgets()
    {
        Batch batch = new RandomRewards(4).Rows(Borders, Mood.Normal);

        Assert.All([Temperature.Kl(1.5f), Temperature.Ess(40)], lambda => AssertAllEnginesAgree(batch, lambda));
    }

    [Fact]
    public void A_lambda_of_its_own_in_each_row()
    {
        var random = new RandomRewards(5);
        Batch batch = random.Rows(Enumerable.Range(1, 300), Mood.Normal, Mood.Huge);
        float[] lambdas = [.. Enumerable.Range(0, batch.Count).Select(row => (row % 8) switch
        {
            0 => 0f,
            1 => float.PositiveInfinity,
            2 => float.NaN,
            3 => -1f,
            4 => 1e37f,
            _ => (float)Math.Exp(3 * random.NextNormal()),
        })];

        AssertAllEnginesAgree(batch, Temperature.PerRow(lambdas));
        AssertAllEnginesAgree(batch, new Temperature(Ops.LambdaKind.GivenSigned, true, lambdas));
        AssertAllEnginesAgree(batch, new Temperature(Ops.LambdaKind.TargetKl, true, lambdas));
        AssertAllEnginesAgree(batch, new Temperature(Ops.LambdaKind.TargetEss, true, lambdas));
    }

    [Fact]
    public void An_output_does_not_depend_on_which_others_are_wanted()
    {
        Batch batch = new RandomRewards(6).Rows([1, 31, 32, 64, 100, 1025], RandomRewards.Moods);
        foreach (Temperature lambda in (Temperature[])
            [.. Temperatures.Given, Temperature.Kl(0.5f), Temperature.Ess(10)])
        {
            WeightsResult expected = WeightsResult.Of(Engines.Reference, batch, lambda);
            foreach (WeightsWanted one in Enum.GetValues<WeightsWanted>())
            {
                WeightsResult.AssertSame(
                    expected, WeightsResult.Of(Engines.Simd, batch, lambda, one), $"simd, {lambda}, {one} alone");
                WeightsResult.AssertSame(
                    expected,
                    WeightsResult.Of(Engines.Simd, batch, lambda, WeightsWanted.All & ~one),
                    $"simd, {lambda}, all but {one}");
            }
        }
    }

    private static void AssertAllEnginesAgree(Batch batch, Temperature lambda)
    {
        WeightsResult expected = WeightsResult.Of(Engines.Reference, batch, lambda);
        foreach ((string name, SoftBonEngine engine) in Engines.Others)
        {
            WeightsResult.AssertSame(expected, WeightsResult.Of(engine, batch, lambda), $"{name}, {lambda}");
        }
    }
}
