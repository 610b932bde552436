namespace SoftBoN.Kernels.Tests.TokenTilt;

/// <summary>Arguments that do not fit are refused before any work, by name, with the value and the cure.</summary>
public sealed class ArgumentTests
{
    private static readonly TokenCase Good = new(4, [1, 2, 3, 4, 5, 6, 7, 8]) { Rewards = [1, 2, 3, 4, 5, 6, 7, 8] };

    public static TheoryData<string> Names => [.. Bad.Keys.Order(StringComparer.Ordinal)];

    private static Dictionary<string, (TokenCase Call, string Says)> Bad => new()
    {
        ["row map"] = (Good with { RowMap = [0, 2] }, "RowMap[1] is 2"),
        ["reward map"] = (Good with { RewardMap = [0, -1] }, "RewardMap[1] is -1"),
        ["reward map length"] = (Good with { RewardMap = [0] }, "one per row"),
        ["reward columns"] = (Good with { Rewards = [1, 2, 3] }, "rows"),
        ["reward rows"] = (Good with { Rewards = [1, 2, 3, 4] }, "1 rows and the batch 2"),
        ["two rewards"] = (Good with { SparseOffsets = [0, 0, 0] }, "dense and sparse"),
        ["sparse rows"] = (Good with { Rewards = [], SparseOffsets = [0, 0] }, "one more than rows"),
        ["sparse offsets"] = (Good with { Rewards = [], SparseOffsets = [0, 2, 1] }, "decrease"),
        ["lambda"] = (Good with { Lambdas = [] }, "Lambda is not set"),
        ["negative lambda"] = (Good with { Lambdas = [-1] }, "AllowNegative"),
        ["lambdas"] = (Good with { Lambdas = [1, 1, 1] }, "2 rows"),
        ["temperature"] = (Good with { Temperatures = [-1] }, "0 to +infinity"),
        ["temperature NaN"] = (Good with { Temperatures = [float.NaN] }, "0 to +infinity"),
        ["temperatures"] = (Good with { Temperatures = [1, 1, 1] }, "2 rows"),
        ["top-k"] = (Good with { TopK = [-1] }, "at least 0"),
        ["top-p"] = (Good with { TopP = [0] }, "above 0"),
        ["top-p above"] = (Good with { TopP = [1.5f] }, "above 0"),
        ["min-p"] = (Good with { MinP = [-0.5f] }, "0 to 1"),
        ["top-n-sigma"] = (Good with { TopNSigma = [-2] }, "at least 0"),
        ["mode"] = (Good with { Modes = [(TokenTiltMode)7] }, "Greedy"),
        ["noise"] = (Good with { Noise = (TokenNoise)2 }, "PerToken"),
        ["draws"] = (Good with { Draws = 0 }, "1 to"),
        ["proposals"] = (Good with { Modes = [TokenTiltMode.SoftBestOfN] }, "1 to 1024"),
        ["too many proposals"] = (Good with { Proposals = 1025 }, "1 to 1024"),
        ["proposals of one row"] = (
            Good with { Modes = [TokenTiltMode.Tilt, TokenTiltMode.SoftBestOfN] }, "1 to 1024"),
        ["top"] = (Good with { Top = 21 }, "0 to 20"),
        ["seed"] = (Good with { Seeds = [] }, "Seed is not set"),
        ["seeds"] = (Good with { Seeds = [1, 2, 3] }, "2 rows"),
        ["positions"] = (Good with { Positions = [1, 2, 3] }, "2 rows"),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void What_does_not_fit_is_refused(string name)
    {
        (TokenCase call, string says) = Bad[name];
        Exception error = Assert.ThrowsAny<ArgumentException>(() => TokenResult.Of(Engines.Simd, call));

        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_fits_is_not_refused() => Assert.Equal(
        [RowStatus.Ok, RowStatus.Ok], TokenResult.Of(Engines.Simd, Good).Status);

    [Fact]
    public void Budgets_are_refused()
    {
        Exception error = Assert.Throws<ArgumentException>(() => Engines.Simd.TiltTokens(
            TokenMatrix.Of([1f, 2f], 1, 2),
            new TokenTiltOptions { Lambda = Lambda.TargetKl(1f), Rewards = TokenMatrix.Of([1f, 2f], 1, 2) },
            default));

        Assert.Contains("budget", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Memory_that_is_too_short_or_shared_is_refused()
    {
        Assert.Throws<ArgumentException>(() => TokenMatrix.Of(new float[7], 2, 4).Rows);
        Assert.Throws<ArgumentOutOfRangeException>(() => TokenMatrix.Of(new float[8], 2, 4, -1).Rows);
        Assert.Throws<ArgumentException>(() => Engines.Simd.TiltTokens(
            TokenMatrix.Of(new float[8], 2, 4),
            new TokenTiltOptions { Mask = TokenMask.PerRow([1u], 1) },
            default));
        Assert.Throws<ArgumentException>(() => Engines.Simd.TiltTokens(
            TokenMatrix.Of(new float[66], 2, 33),
            new TokenTiltOptions { Mask = TokenMask.Shared([1u]) },
            default));
        Assert.Throws<ArgumentOutOfRangeException>(() => TokenMatrix.Of(new float[4], 1, (1 << 20) + 1).Rows);
        float[] memory = new float[8];
        Assert.Throws<ArgumentException>(() => Engines.Simd.TiltTokens(
            TokenMatrix.Of(memory, 2, 4), new TokenTiltOptions(), new TokenTiltOutputs { Kl = memory }));
        Assert.Throws<ArgumentException>(() => Engines.Simd.TiltTokens(
            TokenMatrix.Of(memory, 2, 4), new TokenTiltOptions(), new TokenTiltOutputs { Kl = new float[1] }));
        Assert.Throws<ArgumentException>(() => Engines.Simd.TiltTokens(
            default, new TokenTiltOptions(), new TokenTiltOutputs()));
    }

    [Fact]
    public void Log_sums_alone_need_no_seed()
    {
        float[] sums = new float[2];
        Engines.Simd.TiltTokens(
            TokenMatrix.Of(Good.Logits, 2, 4), new TokenTiltOptions(), new TokenTiltOutputs { LogSumExp = sums });

        Near.Absolute(4.44018969856, sums[0], 1e-6);
    }
}
