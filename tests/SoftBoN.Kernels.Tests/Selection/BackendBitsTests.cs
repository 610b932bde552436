namespace SoftBoN.Kernels.Tests.Selection;

/// <summary>Every backend and any number of threads pick what the scalar loops pick, with the same bits.</summary>
public sealed class BackendBitsTests
{
    private static readonly int[] Borders = [1023, 1024, 1025, 65_540];

    private static readonly Temperature[] Lambdas =
    [
        Temperature.Given(0), Temperature.Given(1e-38f), Temperature.Given(3e-38f), Temperature.Given(1e-3f),
        Temperature.Given(0.3f), Temperature.Given(5), Temperature.Given(1e30f), Temperature.Given(1e37f),
        Temperature.Given(float.PositiveInfinity), Temperature.Signed(-0.4f), Temperature.Signed(-1e-45f),
        Temperature.Signed(float.NegativeInfinity),
    ];

    private static readonly Temperature[] Budgets =
        [Temperature.Kl(0.5f), Temperature.Ess(3), Temperature.Kl(100), Temperature.Ess(1e9f)];

    private static readonly SelectionNoise[] Noises = Enum.GetValues<SelectionNoise>();

    [Fact]
    public void All_lengths_to_300_of_all_moods()
    {
        Batch batch = new RandomRewards(101).Rows(Enumerable.Range(1, 300), RandomRewards.Moods);
        foreach (Temperature lambda in Lambdas)
        {
            AssertAllEnginesAgree(batch, new Pick(lambda));
        }

        foreach (SelectionNoise noise in Noises)
        {
            AssertAllEnginesAgree(batch, new Pick(Temperature.Given(0.7f)) { Noise = noise, Seeds = [42] });
        }
    }

    [Fact]
    public void Budgets_of_all_lengths_to_300()
    {
        Batch batch = new RandomRewards(102).Rows(Enumerable.Range(1, 300), Mood.Normal, Mood.WithNaN);
        Assert.All(Budgets, budget => AssertAllEnginesAgree(batch, new Pick(budget)));
    }

    [Fact]
    public void Lengths_around_segments()
    {
        Batch batch = new RandomRewards(103).Rows(Borders, Mood.Normal, Mood.SomeExcluded);
        foreach (Temperature lambda in Lambdas)
        {
            AssertAllEnginesAgree(batch, new Pick(lambda));
        }

        AssertAllEnginesAgree(
            batch, new Pick(Temperature.Given(0.2f)) { Noise = SelectionNoise.UniformRace, Draws = 2 });
        AssertAllEnginesAgree(batch, new Pick(Temperature.Kl(3)));
    }

    [Fact]
    public void Offsets_of_all_kinds()
    {
        Batch batch = new RandomRewards(104).Rows(Enumerable.Range(1, 300), Mood.Normal, Mood.SomeExcluded);
        var random = new RandomRewards(105);
        foreach (Mood mood in RandomRewards.Moods)
        {
            float[] offsets = random.Row(batch.Packed, mood);
            foreach (SelectionNoise noise in Noises)
            {
                foreach (float lambda in new[] { 0, 0.5f, float.PositiveInfinity })
                {
                    AssertAgree(batch, new Pick(Temperature.Given(lambda)) { Offsets = offsets, Noise = noise });
                }
            }
        }
    }

    [Fact]
    public void Elements_in_any_order()
    {
        Batch batch = new RandomRewards(106).Rows(Enumerable.Range(1, 300), Mood.Normal, Mood.Ties, Mood.AllExcluded);
        uint[] elements = Elements(batch, 107);
        foreach (SelectionNoise noise in Noises)
        {
            foreach (Temperature lambda in Lambdas)
            {
                AssertAgree(batch, new Pick(lambda) { Elements = elements, Noise = noise });
            }
        }

        elements[5] = elements[3];
        AssertAllEnginesAgree(batch, new Pick(Temperature.Given(1)) { Elements = elements });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Several_draws(bool distinct)
    {
        Batch batch = new RandomRewards(108).Rows(
            [1, 2, 3, 4, 5, 7, 8, 16, 31, 32, 33, 100, 255, 256, 257, 700],
            Mood.Normal, Mood.Ties, Mood.SomeExcluded, Mood.Tiny, Mood.AnyBits, Mood.WithNaN);
        uint[] elements = Elements(batch, 109);
        float[] offsets = new RandomRewards(110).Row(batch.Packed, Mood.SomeExcluded);
        foreach (Temperature lambda in (Temperature[])[.. Lambdas, .. Budgets])
        {
            foreach (SelectionNoise noise in Noises)
            {
                var pick = new Pick(lambda) { Noise = noise, Draws = 9, Distinct = distinct };
                AssertAgree(batch, pick);
                AssertAgree(batch, pick with { Offsets = offsets, Elements = elements });
            }
        }
    }

    [Theory]
    [InlineData(0ul)]
    [InlineData(ulong.MaxValue)]
    [InlineData(1ul << 63)]
    [InlineData(0xffffffff00000000ul)]
    [InlineData(0x00000000fffffffful)]
    public void Extreme_seeds_and_positions(ulong extreme)
    {
        Batch batch = new RandomRewards(111).Rows(Enumerable.Range(1, 100), Mood.Normal);
        var pick = new Pick(Temperature.Given(0.6f)) { Draws = 3 };

        AssertAllEnginesAgree(batch, pick with { Seeds = [extreme] });
        AssertAllEnginesAgree(batch, pick with { Positions = [extreme] });
        AssertAllEnginesAgree(batch, pick with { Seeds = [extreme], Positions = [extreme] });
    }

    [Fact]
    public void Seeds_positions_and_lambdas_of_their_own_in_each_row()
    {
        Batch batch = new RandomRewards(112).Rows(Enumerable.Range(1, 300), Mood.Normal, Mood.Ties);
        var random = new RandomRewards(113);
        ulong[] seeds = [.. Enumerable.Range(0, batch.Count).Select(i => i % 3 == 0 ? 7 : random.NextWord())];
        ulong[] positions = [.. Enumerable.Range(0, batch.Count).Select(_ => random.NextWord())];
        float[] lambdas = [.. Enumerable.Range(0, batch.Count).Select(i => (i % 7) switch
        {
            0 => 0f,
            1 => float.PositiveInfinity,
            2 => float.NaN,
            _ => (float)Math.Exp(random.NextNormal()),
        })];

        AssertAllEnginesAgree(
            batch, new Pick(Temperature.PerRow(lambdas)) { Seeds = seeds, Positions = positions, Draws = 2 });
    }

    [Fact]
    public void A_batch_that_many_threads_share()
    {
        var random = new RandomRewards(114);
        Batch batch = Batch.Dense(random.Row(3000 * 128, Mood.SomeExcluded), 3000, 128);

        AssertAllEnginesAgree(batch, new Pick(Temperature.Given(0.8f)));
        AssertAllEnginesAgree(batch, new Pick(Temperature.Given(0.8f)) { Draws = 4, Distinct = true });
    }

    internal static uint[] Elements(Batch batch, ulong seed)
    {
        var random = new RandomRewards(seed);
        return [.. Enumerable.Range(0, batch.Count).SelectMany(row =>
            random.Shuffled(Enumerable.Range(0, batch.Length(row)).Select(i => (uint)i * 0x01000193u)))];
    }

    private static void AssertAllEnginesAgree(Batch batch, Pick pick)
    {
        SelectionResult expected = AssertAgree(batch, pick);
        foreach ((string name, SoftBonEngine engine) in Engines.Others)
        {
            SelectionResult.AssertSame(
                expected, SelectionResult.Of(engine, batch, pick, SelectionWanted.AllButMargin), $"{name}, {pick}");
        }
    }

    /// <summary>With all outputs, and with those that leave out most of the noise.</summary>
    private static SelectionResult AssertAgree(Batch batch, Pick pick)
    {
        SelectionResult expected = SelectionResult.Of(Engines.Reference, batch, pick);
        foreach (SelectionWanted wanted in (SelectionWanted[])
            [SelectionWanted.All, SelectionWanted.AllButMargin, SelectionWanted.Index, SelectionWanted.LogProbability])
        {
            SelectionResult.AssertSame(
                expected, SelectionResult.Of(Engines.Simd, batch, pick, wanted), $"simd, {wanted}, {pick}");
        }

        return expected;
    }
}
