using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Tests.Numerics;

public sealed class RowLambdaTests
{
    private static readonly float Smallest = Floats.PowerOfTwo(-125);
    private static readonly float Largest = Floats.PowerOfTwo(125);

    [Fact]
    public void The_range_is_the_documented_one()
    {
        Assert.Equal(0x01000000u, Floats.BitsOf(RowLambda.Smallest));
        Assert.Equal(0x7e000000u, Floats.BitsOf(RowLambda.Largest));
    }

    [Fact]
    public void Modes_change_at_the_ends_of_the_range()
    {
        Assert.Equal(TiltMode.Hard, Given(0f).Mode);
        Assert.Equal(TiltMode.Hard, Given(-0f).Mode);
        Assert.Equal(TiltMode.Hard, Given(float.Epsilon).Mode);
        Assert.Equal(TiltMode.Hard, Given(MathF.BitDecrement(Smallest)).Mode);
        Assert.Equal(TiltMode.Tilted, Given(Smallest).Mode);
        Assert.Equal(TiltMode.Tilted, Given(Largest).Mode);
        Assert.Equal(TiltMode.Flat, Given(MathF.BitIncrement(Largest)).Mode);
        Assert.Equal(TiltMode.Flat, Given(float.PositiveInfinity).Mode);
    }

    [Fact]
    public void Effective_lambda_replaces_what_is_out_of_range()
    {
        Assert.Equal(0f, Given(MathF.BitDecrement(Smallest)).Effective);
        Assert.Equal(0.3f, Given(0.3f).Effective);
        Assert.Equal(float.PositiveInfinity, Given(float.MaxValue).Effective);
        Assert.Equal(-0.3f, Signed(-0.3f).Effective);
        Assert.Equal(float.NegativeInfinity, Signed(float.MinValue).Effective);
    }

    /// <summary>A negative lambda that counts as 0 has lost its direction with its size.</summary>
    [Fact]
    public void Negative_lambda_prefers_low_rewards_unless_it_counts_as_zero()
    {
        Assert.True(Signed(-Smallest).IsNegative);
        Assert.True(Signed(float.NegativeInfinity).IsNegative);
        Assert.False(Signed(MathF.BitIncrement(-Smallest)).IsNegative);
        Assert.False(Signed(-0f).IsNegative);
        Assert.False(Signed(1f).IsNegative);
        Assert.Equal(0u, Floats.BitsOf(Signed(-float.Epsilon).Effective));
    }

    [Theory]
    [InlineData(LambdaKind.Given, float.NaN, RowStatus.LambdaInvalid)]
    [InlineData(LambdaKind.Given, -1f, RowStatus.LambdaInvalid)]
    [InlineData(LambdaKind.Given, -float.Epsilon, RowStatus.LambdaInvalid)]
    [InlineData(LambdaKind.Given, float.NegativeInfinity, RowStatus.LambdaInvalid)]
    [InlineData(LambdaKind.Given, -0f, RowStatus.Ok)]
    [InlineData(LambdaKind.Given, float.PositiveInfinity, RowStatus.Ok)]
    [InlineData(LambdaKind.GivenSigned, -1f, RowStatus.Ok)]
    [InlineData(LambdaKind.GivenSigned, float.NegativeInfinity, RowStatus.Ok)]
    [InlineData(LambdaKind.GivenSigned, float.NaN, RowStatus.LambdaInvalid)]
    [InlineData(LambdaKind.TargetKl, 0f, RowStatus.Ok)]
    [InlineData(LambdaKind.TargetKl, -float.Epsilon, RowStatus.TargetInvalid)]
    [InlineData(LambdaKind.TargetKl, float.NaN, RowStatus.TargetInvalid)]
    [InlineData(LambdaKind.TargetEss, 1f, RowStatus.Ok)]
    [InlineData(LambdaKind.TargetEss, 0.99999994f, RowStatus.TargetInvalid)]
    [InlineData(LambdaKind.TargetEss, float.NaN, RowStatus.TargetInvalid)]
    public void Values_out_of_range_are_the_rows_own_trouble(object kind, float value, RowStatus status) =>
        Assert.Equal(status, RowLambda.Of((LambdaKind)kind, value).Status);

    [Fact]
    public void A_budget_becomes_a_lambda_when_found()
    {
        RowLambda budget = RowLambda.Of(LambdaKind.TargetKl, 0.5f);
        RowLambda found = budget.Found(0.25f);

        Assert.True(budget.IsBudget);
        Assert.Equal(0.5f, budget.Magnitude);
        Assert.False(found.IsBudget);
        Assert.Equal(0.25f, found.Effective);
        Assert.Equal(RowStatus.Ok, found.Status);
    }

    private static RowLambda Given(float value) => RowLambda.Of(LambdaKind.Given, value);

    private static RowLambda Signed(float value) => RowLambda.Of(LambdaKind.GivenSigned, value);
}
