namespace SoftBoN.Kernels.Tests.RewardScoring;

/// <summary>Arguments of a linear head that do not fit are refused before any work, by name.</summary>
public sealed class HeadArgumentTests
{
    private static HeadCall Good => new(Matrix(3, 2), Matrix(2, 2)) { Mixture = [1, 1] };

    private static Dictionary<string, (HeadCall Call, string Says)> Bad => new()
    {
        ["row map"] = (Good with { RowMap = [0, 3] }, "RowMap[1] is 3"),
        ["columns"] = (Good with { Weights = Matrix(2, 3) }, "3 columns and the hidden values 2"),
        ["no columns"] = (new(Matrix(3, 0), Matrix(2, 0)), "at least 1"),
        ["no heads"] = (Good with { Weights = Matrix(0, 2) }, "0 heads"),
        ["bias"] = (Good with { Bias = [1] }, "1 values and there are 2 heads"),
        ["bias NaN"] = (Good with { Bias = [1, float.NaN] }, "Bias[1] is NaN"),
        ["mixture"] = (Good with { Mixture = [1] }, "1 shares"),
        ["mixture NaN"] = (Good with { Mixture = [float.NaN, 1] }, "Mixture[0] is NaN"),
        ["gating"] = (Good with { Mixture = [], Gating = [1, 2] }, "3 rows of 2 heads need 6"),
        ["both"] = (Good with { Gating = new float[6] }, "a mixture and gating"),
        ["weights"] = (
            Good with { Weights = new(Format.Half, 2, 2, [1, 2, 3, float.NegativeInfinity]) }, "Weights[1, 1] is -"),
    };

    public static TheoryData<string> Names => [.. Bad.Keys.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_does_not_fit_is_refused(string name)
    {
        (HeadCall call, string says) = Bad[name];
        Exception error = Assert.ThrowsAny<ArgumentException>(() => call.On(Engines.Simd));

        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_fits_is_not_refused() => Assert.Equal(
        [RowStatus.Ok, RowStatus.Ok, RowStatus.Ok], Good.On(Engines.Simd).Status);

    [Fact]
    public void A_reward_of_several_heads_needs_their_shares()
    {
        Exception error = Assert.Throws<ArgumentException>(() => Score(new float[3], new RewardHead
        {
            Weights = Good.Weights.Matrix,
        }));

        Assert.Contains("Mixture or Gating", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Memory_that_is_too_short_or_shared_is_refused()
    {
        float[] memory = new float[6];
        var head = new RewardHead { Weights = TokenMatrix.Of([1f, 2f], 1, 2) };
        Assert.Throws<ArgumentException>(() => Engines.Simd.ScoreRewards(
            TokenMatrix.Of(memory, 3, 2), new RewardHead { Weights = TokenMatrix.Of([1f, 2f], 1, 2) }, default, new()
            {
                Reward = memory,
            }));
        Score(new float[3], head);
        Assert.Throws<ArgumentException>(() => Score(new float[2], new RewardHead
        {
            Weights = TokenMatrix.Of([1f, 2f], 1, 2),
        }));
        Assert.Throws<ArgumentException>(() => Score(new float[3], default));
    }

    private static StoredMatrix Matrix(int rows, int columns) =>
        new(Format.Full, rows, columns, [.. Enumerable.Range(1, rows * columns).Select(i => (float)i)]);

    private static void Score(float[] rewards, RewardHead head) => Engines.Simd.ScoreRewards(
        TokenMatrix.Of(new float[6], 3, 2), head, default, new RewardScoringOutputs { Reward = rewards });
}
