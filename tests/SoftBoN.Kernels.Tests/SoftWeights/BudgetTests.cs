using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Tests.SoftWeights;

/// <summary>lambda found from a budget is the smallest one that keeps it.</summary>
public sealed class BudgetTests
{
    private static readonly float[] KlTargets = [1e-4f, 1e-2f, 0.1f, 0.5f, 1f, 2f];

    private static readonly float[] SizeTargets = [1.5f, 2f, 3.7f, 10f, 30f];

    private static readonly Batch Rows =
        new RandomRewards(41).Rows([50, 64, 300, 1025], Mood.Normal, Mood.SomeExcluded);

    [Fact]
    public void Kl_at_the_found_lambda_is_within_the_target_and_below_it_is_not()
    {
        foreach (float target in KlTargets)
        {
            float[] found = Found(Temperature.Kl(target));
            Assert.All(At(found).KlToUniform, kl => Assert.True(kl <= target, $"{kl} > {target}"));
            Assert.All(
                At(Array.ConvertAll(found, MathF.BitDecrement)).KlToUniform,
                kl => Assert.True(kl > target, $"{kl} <= {target} at a smaller lambda"));
        }
    }

    [Fact]
    public void Sample_size_at_the_found_lambda_is_the_target_or_more_and_below_it_is_not()
    {
        foreach (float target in SizeTargets)
        {
            float[] found = Found(Temperature.Ess(target));
            Assert.All(At(found).EffectiveSampleSize, size => Assert.True(size >= target, $"{size} < {target}"));
            Assert.All(
                At(Array.ConvertAll(found, MathF.BitDecrement)).EffectiveSampleSize,
                size => Assert.True(size < target, $"{size} >= {target} at a smaller lambda"));
        }
    }

    [Fact]
    public void The_found_lambda_solves_the_budget_in_double_precision()
    {
        foreach (float target in KlTargets)
        {
            float[] found = Found(Temperature.Kl(target));
            for (int row = 0; row < Rows.Count; row++)
            {
                Near.Absolute(target, new ExactWeights(Rows.Row(row), found[row]).KlToUniform, 2e-6, $"KL {target}");
            }
        }

        foreach (float target in SizeTargets)
        {
            float[] found = Found(Temperature.Ess(target));
            for (int row = 0; row < Rows.Count; row++)
            {
                Near.Relative(target, new ExactWeights(Rows.Row(row), found[row]).EffectiveSampleSize, 1e-6, "ess");
            }
        }
    }

    [Fact]
    public void All_outputs_are_those_of_the_found_lambda_given()
    {
        WeightsResult budget = WeightsResult.Of(Engines.Simd, Rows, Temperature.Kl(0.7f));

        WeightsResult.AssertSame(At(budget.Lambda), budget, "TargetKl");
    }

    [Fact]
    public void A_wider_budget_never_finds_a_larger_lambda()
    {
        float[] targets = [.. Enumerable.Range(0, 60).Select(i => MathF.Exp(-8 + (i * 0.16f)))];
        Batch repeated = Batch.Strided(Rows.Row(4), targets.Length, 300, rowStride: 0);
        float[] byKl = WeightsResult.Of(
            Engines.Simd, repeated, new Temperature(LambdaKind.TargetKl, true, targets)).Lambda;
        float[] sizes = Array.ConvertAll(targets, target => 1 + target);
        float[] bySize = WeightsResult.Of(
            Engines.Simd, repeated, new Temperature(LambdaKind.TargetEss, true, sizes)).Lambda;

        for (int i = 1; i < targets.Length; i++)
        {
            Assert.True(byKl[i] <= byKl[i - 1], $"KL {targets[i]}: {byKl[i]} after {byKl[i - 1]}");
            Assert.True(bySize[i] >= bySize[i - 1], $"ess {sizes[i]}: {bySize[i]} after {bySize[i - 1]}");
        }

        Assert.True(byKl[^1] < byKl[0] / 10 && bySize[^1] > bySize[0] * 2, "the budgets made no difference");
    }

    [Fact]
    public void A_budget_of_zero_nats_is_met_at_infinity()
    {
        WeightsResult result = WeightsResult.Of(Engines.Simd, Rows, Temperature.Kl(0));

        Assert.All(result.Lambda, lambda => Assert.Equal(float.PositiveInfinity, lambda));
        Assert.All(result.Status, status => Assert.Equal(RowStatus.Ok, status));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void A_kl_budget_binds_exactly_below_what_best_of_n_costs(int ties)
    {
        float[] row = [.. new float[20].Select((_, i) => i < ties ? 1f : -i)];
        float cost = WeightsResult.Of(Engines.Simd, Batch.Of(row), Temperature.Given(0)).KlToUniform[0];
        Near.Relative(Math.Log(20.0 / ties), cost, 4 * Near.Rounding);

        AssertNotBinding(row, Temperature.Kl(cost));
        AssertNotBinding(row, Temperature.Kl(float.PositiveInfinity));
        AssertFound(row, Temperature.Kl(MathF.BitDecrement(cost)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void A_sample_size_binds_exactly_above_the_ties_at_the_top(int ties)
    {
        float[] row = [.. new float[20].Select((_, i) => i < ties ? 1f : -i), float.NegativeInfinity];

        AssertNotBinding(row, Temperature.Ess(ties));
        AssertFound(row, Temperature.Ess(MathF.BitIncrement(ties)));
        AssertFound(row, Temperature.Ess(20));
        WeightsResult beyond = WeightsResult.Of(
            Engines.Simd, Batch.Of(row), Temperature.Ess(MathF.BitIncrement(20)));
        Assert.Equal(RowStatus.BudgetOutOfReach, beyond.Status[0]);
        Assert.Equal(float.PositiveInfinity, beyond.Lambda[0]);
        Assert.Equal(20, beyond.EffectiveSampleSize[0]);
    }

    [Fact]
    public void Budgets_hold_for_tiny_and_huge_rewards()
    {
        foreach (float scale in new[] { 1e-22f, 1e-10f, 1e10f, 1e36f })
        {
            float[] row = Array.ConvertAll(Rows.Row(0), r => r * scale);
            WeightsResult result = WeightsResult.Of(Engines.Simd, Batch.Of(row), Temperature.Kl(0.5f));
            Near.Absolute(0.5, result.KlToUniform[0], 2e-6, $"scale {scale}");
            Near.Absolute(0.5, new ExactWeights(row, result.Lambda[0]).KlToUniform, 2e-6, $"scale {scale}");
        }
    }

    private static float[] Found(Temperature budget)
    {
        WeightsResult result = WeightsResult.Of(Engines.Simd, Rows, budget);
        Assert.All(result.Status, status => Assert.Equal(RowStatus.Ok, status));
        return result.Lambda;
    }

    private static WeightsResult At(float[] lambdas) =>
        WeightsResult.Of(Engines.Reference, Rows, Temperature.PerRow(lambdas));

    private static void AssertNotBinding(float[] row, Temperature budget)
    {
        WeightsResult result = WeightsResult.Of(Engines.Simd, Batch.Of(row), budget);
        Assert.Equal(RowStatus.BudgetNotBinding, result.Status[0]);
        Assert.Equal(0, result.Lambda[0]);
    }

    private static void AssertFound(float[] row, Temperature budget)
    {
        WeightsResult result = WeightsResult.Of(Engines.Simd, Batch.Of(row), budget);
        Assert.Equal(RowStatus.Ok, result.Status[0]);
        Assert.InRange(result.Lambda[0], 1e-37f, 1e37f);
    }
}
