using CsCheck;

namespace SoftBoN.Kernels.Tests.Selection;

/// <summary>Elements name candidates: what is done to others leaves a candidate's noise alone.</summary>
public sealed class ElementTests
{
    private static readonly Gen<float[]> Rewards = Gen.OneOf(
        Gen.Float[-2, 2].Array[1, 300], Gen.Int[0, 3].Select(i => (float)i).Array[1, 300]);

    private static readonly Gen<SelectionNoise> Noise = Gen.Enum<SelectionNoise>();

    [Fact]
    public void The_default_names_are_the_places() =>
        Gen.Select(Rewards, Noise, Gen.ULong).Sample((rewards, noise, seed) =>
        {
            var pick = new Pick(Temperature.Given(0.5f)) { Noise = noise, Seeds = [seed], Draws = 2 };
            uint[] places = [.. Enumerable.Range(0, rewards.Length).Select(i => (uint)i)];
            SelectionResult.AssertSame(
                SelectionResult.Of(Engines.Simd, Batch.Of(rewards), pick),
                SelectionResult.Of(Engines.Simd, Batch.Of(rewards), pick with { Elements = places }),
                "places as elements");
        });

    [Fact]
    public void Reordering_candidates_with_their_elements_leaves_the_pick() =>
        Gen.Select(Rewards, Noise, Gen.ULong).Sample((rewards, noise, seed) =>
        {
            var random = new RandomRewards(seed);
            uint[] elements = random.Shuffled(Enumerable.Range(0, rewards.Length).Select(i => (uint)i * 977));
            int[] order = random.Shuffled(Enumerable.Range(0, rewards.Length));
            var pick = new Pick(Temperature.Given(0.5f)) { Noise = noise, Seeds = [seed], Draws = 3 };
            foreach (bool distinct in new[] { false, true })
            {
                SelectionResult before = SelectionResult.Of(
                    Engines.Simd, Batch.Of(rewards), pick with { Elements = elements, Distinct = distinct });
                SelectionResult after = SelectionResult.Of(
                    Engines.Simd,
                    Batch.Of([.. order.Select(i => rewards[i])]),
                    pick with { Elements = [.. order.Select(i => elements[i])], Distinct = distinct });
                Bitwise.Same(before.Index, Array.ConvertAll(after.Index, i => i < 0 ? -1 : order[i]), "picks");
                Bitwise.Same(before.Margin, after.Margin, "margins");
                Bitwise.Same(before.Reward, after.Reward, "rewards");
            }
        });

    [Fact]
    public void Removing_candidates_that_were_not_picked_leaves_the_pick() =>
        Gen.Select(Gen.Float[-2, 2].Array[2, 300], Noise, Gen.ULong).Sample((rewards, noise, seed) =>
        {
            var random = new RandomRewards(seed);
            uint[] elements = [.. Enumerable.Range(0, rewards.Length).Select(i => (uint)i * 3)];
            var pick = new Pick(Temperature.Given(0.5f)) { Noise = noise, Seeds = [seed] };
            int best = SelectionResult.Of(Engines.Simd, Batch.Of(rewards), pick with { Elements = elements }).Index[0];

            // The best reward stays too: x is counted from it, and another one could round keys another way.
            float max = rewards.Max();
            int[] kept = [.. Enumerable.Range(0, rewards.Length)
                .Where(i => i == best || rewards[i] == max || random.NextInt(2) == 0)];
            SelectionResult after = SelectionResult.Of(
                Engines.Simd,
                Batch.Of([.. kept.Select(i => rewards[i])]),
                pick with { Elements = [.. kept.Select(i => elements[i])] });
            Assert.Equal(best, kept[after.Index[0]]);
        });

    [Fact]
    public void Among_equal_keys_the_lowest_element_wins_wherever_it_is()
    {
        var random = new RandomRewards(151);
        for (int trial = 0; trial < 300; trial++)
        {
            int length = 1 + random.NextInt(600);
            uint[] elements = random.Shuffled(Enumerable.Range(0, length).Select(i => (uint)i + 5));
            float[] rewards = [.. elements.Select(element => element % 3 == 0 ? 1f : 0f)];
            uint lowest = elements.Where(element => element % 3 == 0).DefaultIfEmpty(elements.Min()).Min();
            foreach (SoftBonEngine engine in new[] { Engines.Reference, Engines.Simd })
            {
                SelectionResult result = SelectionResult.Of(
                    engine,
                    Batch.Of(rewards),
                    new Pick(Temperature.Given(0.5f)) { Noise = SelectionNoise.None, Elements = elements });
                Assert.Equal(lowest, elements[result.Index[0]]);
            }
        }
    }

    [Theory]
    [InlineData(new uint[] { 1, 1 })]
    [InlineData(new uint[] { 3, 2, 1, 0, 2 })]
    [InlineData(new uint[] { 0, uint.MaxValue, 5, uint.MaxValue })]
    public void Duplicates_are_a_status(uint[] elements)
    {
        Batch batch = Batch.Of(new float[elements.Length], [7]);
        foreach (SoftBonEngine engine in new[] { Engines.Reference, Engines.Simd })
        {
            SelectionResult result = SelectionResult.Of(
                engine, batch, new Pick(Temperature.Given(1)) { Elements = [.. elements, 0] });
            Assert.Equal([RowStatus.DuplicateElements, RowStatus.Ok], result.Status);
            Assert.Equal([-1, 0], result.Index);
            Assert.True(float.IsNaN(result.Reward[0]) && float.IsNaN(result.Lambda[0]), "a result beside the status");
        }
    }

    [Fact]
    public void The_same_element_in_two_rows_is_no_duplicate()
    {
        SelectionResult result = SelectionResult.Of(
            Engines.Simd, Batch.Of([1, 2], [1, 2]), new Pick(Temperature.Given(1)) { Elements = [4, 3, 3, 4] });

        Assert.Equal([RowStatus.Ok, RowStatus.Ok], result.Status);
    }
}
