using System.Numerics.Tensors;

namespace SoftBoN.Kernels.Tests.Engine;

/// <summary>Bad input is refused before any work, by an error that names the value, the limit and the cure.</summary>
public sealed class ArgumentTests
{
    private static readonly float[] Rewards = [1, 2, 3, 4, 5, 6];

    private static readonly SoftBonEngine Engine = Engines.Simd;

    private static readonly Dictionary<string, (Action Call, string Parameter, string[] Says)> OutOfRange = new()
    {
        ["negative rows"] = (() => Rows.Strided(-1, 2, 2), "rows", ["-1", "at least 0"]),
        ["negative columns"] = (() => Rows.Strided(1, -2, 2), "columns", ["-2", "at least 0"]),
        ["negative row stride"] = (() => Rows.Strided(1, 2, -3), "rowStride", ["-3", "at least 0"]),
        ["negative column stride"] = (() => Rows.Strided(1, 2, 2, -4), "columnStride", ["-4", "at least 0"]),
        ["negative dense rows"] = (() => Rows.Dense(-1, 2), "rows", ["-1", "at least 0"]),
        ["negative dense columns"] = (() => Rows.Dense(2, -1), "columns", ["-1", "at least 0"]),
        ["negative lambda"] = (() => Weigh(-0.5f), "Lambda", ["-0.5", "0 to +infinity", "AllowNegative"]),
        ["lambda NaN"] = (() => Weigh(float.NaN), "Lambda", ["NaN", "0 to +infinity"]),
        ["signed lambda NaN"] = (() => Weigh(Lambda.AllowNegative(float.NaN)), "Lambda", ["NaN"]),
        ["negative budget"] = (() => Weigh(Lambda.TargetKl(-1e-3f)), "TargetKl", ["-0.001", "at least 0 nats"]),
        ["budget NaN"] = (() => Weigh(Lambda.TargetKl(float.NaN)), "TargetKl", ["NaN", "at least 0 nats"]),
        ["size below 1"] = (() => Weigh(Lambda.TargetEss(0.5f)), "TargetEss", ["0.5", "at least 1 candidate"]),
        ["size NaN"] = (() => Weigh(Lambda.TargetEss(float.NaN)), "TargetEss", ["NaN", "at least 1 candidate"]),
        ["negative lambda of a selection"] = (
            () => Select(new SelectionOptions { Lambda = -1, Seed = 1 }), "Lambda", ["-1"]),
        ["negative lambda of a majority"] = (
            () => Engine.Majority(Rewards, Rows.Dense(2, 3), -1, new int[6], new MajorityOutputs()), "Lambda", ["-1"]),
        ["unknown noise"] = (
            () => Select(new SelectionOptions { Lambda = 1, Seed = 1, Noise = (SelectionNoise)3 }),
            "Noise",
            ["3", "Gumbel, UniformRace or None"]),
        ["no draws"] = (
            () => Select(new SelectionOptions { Lambda = 1, Seed = 1, Draws = 0 }), "Draws", ["0", "1 to 268435455"]),
        ["too many draws"] = (
            () => Select(new SelectionOptions { Lambda = 1, Seed = 1, Draws = 1 << 28 }),
            "Draws",
            ["268435456", "1 to 268435455"]),
        ["no threads"] = (
            () => Engines.Make(SoftBonBackend.Simd, 0), "MaxDegreeOfParallelism", ["0", "at least 1, or -1"]),
        ["negative threads"] = (
            () => Engines.Make(SoftBonBackend.Simd, -2), "MaxDegreeOfParallelism", ["-2", "at least 1, or -1"]),
        ["unknown backend"] = (
            () => Engines.Make((SoftBonBackend)7, 1), "Backend", ["7", "Auto, Reference, Simd, Cuda, OpenCl or IlgpuCpu"]),
    };

    private static readonly Dictionary<string, (Action Call, string Parameter, string[] Says)> Malformed = new()
    {
        ["no ragged offsets"] = (() => Rows.Ragged([]), "offsets", ["at least one", "[0]"]),
        ["mapped spans that differ"] = (
            () => Rows.Mapped([0, 1], [1]), "lengths", ["starts has 2", "lengths has 1", "as many"]),
        ["rows beyond the memory"] = (
            () => Weigh(Rows.Dense(3, 3)), "rows", ["3 rows of 3", "element 8", "have 6", "more memory or fewer rows"]),
        ["strides beyond the memory"] = (
            () => Weigh(Rows.Strided(2, 2, 4, 2)), "rows", ["strides 4 and 2", "element 6", "have 6"]),
        ["strides beyond all memory"] = (
            () => Weigh(Rows.Strided(int.MaxValue, 1 << 30, long.MaxValue, long.MaxValue)), "rows", ["have 6"]),
        ["falling offsets"] = (
            () => Weigh(Rows.Ragged([0, 4, 2])), "rows", ["offset 2 is 2 after 4", "must not decrease"]),
        ["a negative offset"] = (
            () => Weigh(Rows.Ragged([-1, 4])), "rows", ["offset 0 is -1", "start at 0 or above"]),
        ["a ragged row too long"] = (
            () => Weigh(Rows.Ragged([0, 1L << 31])), "rows", ["2147483648", "at most 2147482624 candidates"]),
        ["offsets beyond the memory"] = (
            () => Weigh(Rows.Ragged([0, 3, 7])), "rows", ["last ragged offset is 7", "have 6 elements", "pass all"]),
        ["a mapped row before the memory"] = (
            () => Weigh(Rows.Mapped([-1], [2])), "rows", ["Row 0 starts at -1", "2 candidates", "within them"]),
        ["a mapped row of negative length"] = (
            () => Weigh(Rows.Mapped([0, 1], [2, -2])), "rows", ["Row 1", "-2 candidates"]),
        ["a mapped row beyond the memory"] = (
            () => Weigh(Rows.Mapped([0, 5], [6, 2])), "rows", ["Row 1 starts at 5", "have 6 elements"]),
        ["a mapped row beyond all memory"] = (() => Weigh(Rows.Mapped([long.MaxValue], [2])), "rows", ["Row 0"]),
        ["no lambda"] = (() => Weigh(default(Lambda)), "Lambda", ["not set", "0.5f", "TargetKl"]),
        ["no lambda of a selection"] = (
            () => Select(new SelectionOptions { Seed = 1 }), "Lambda", ["not set", "0.5f", "TargetKl"]),
        ["too few lambdas"] = (
            () => Weigh(new float[] { 1 }), "Lambda", ["1 values", "batch 2 rows", "one or one per row"]),
        ["too few seeds"] = (
            () => Select(new SelectionOptions { Lambda = 1, Seed = new ulong[1] }), "Seed", ["1 values", "2 rows"]),
        ["too many positions"] = (
            () => Select(new SelectionOptions { Lambda = 1, Seed = 1, Position = new ulong[3] }),
            "Position",
            ["3 values", "2 rows"]),
        ["no seed"] = (
            () => Select(new SelectionOptions { Lambda = 1 }), "Seed", ["not set", "pass a seed", "Noise = None"]),
        ["too few offsets"] = (
            () => Select(new SelectionOptions { Lambda = 1, Seed = 1, Offsets = new float[5] }),
            "Offsets",
            ["5 values", "6 candidates", "one per candidate"]),
        ["too many elements"] = (
            () => Select(new SelectionOptions { Lambda = 1, Seed = 1, Elements = new uint[7] }),
            "Elements",
            ["7 values", "6 candidates", "one per candidate"]),
        ["too few answers"] = (
            () => Engine.Majority(Rewards, Rows.Dense(2, 3), 1, new int[5], new MajorityOutputs()),
            "answers",
            ["have 6", "answers has 5", "pass one per candidate"]),
        ["a tensor of three dimensions"] = (
            () => Engine.Select(
                new ReadOnlyTensorSpan<float>(Rewards, [1, 2, 3]),
                new SelectionOptions { Lambda = 1, Seed = 1 },
                new SelectionOutputs()),
            "rewards",
            ["3 dimensions", "[rows, candidates]"]),
        ["a tensor row too long"] = (
            () => Engine.SoftWeights(
                new ReadOnlyTensorSpan<float>(Rewards, [1, (nint)1 << 31], [0, 0]),
                1,
                default,
                new SoftWeightsOutputs()),
            "rows",
            ["2147483648 candidates", "the most is 2147482624"]),
        ["tensor weights of another size"] = (
            () => Engine.SoftWeights(
                new ReadOnlyTensorSpan<float>(Rewards, [2, 3]),
                1,
                new TensorSpan<float>(new float[5]),
                new SoftWeightsOutputs()),
            "weights",
            ["5 elements", "dense one with 6"]),
        ["tensor weights with gaps"] = (
            () => Engine.SoftWeights(
                new ReadOnlyTensorSpan<float>(Rewards, [2, 3]),
                1,
                new TensorSpan<float>(new float[8], [2, 3], [4, 1]),
                new SoftWeightsOutputs()),
            "weights",
            ["6 elements and gaps", "dense one with 6"]),
        ["weights in two places"] = (
            () => Engine.SoftWeights(
                new ReadOnlyTensorSpan<float>(Rewards, [2, 3]),
                1,
                new TensorSpan<float>(new float[6]),
                new SoftWeightsOutputs { Weights = new float[6] }),
            "Weights",
            ["leave outputs.Weights empty"]),
    };

    public static TheoryData<string> OutOfRangeNames => [.. OutOfRange.Keys];

    public static TheoryData<string> MalformedNames => [.. Malformed.Keys];

    [Theory]
    [MemberData(nameof(OutOfRangeNames))]
    public void A_value_out_of_range(string name)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(OutOfRange[name].Call);

        Assert.Equal(OutOfRange[name].Parameter, error.ParamName);
        Assert.All(OutOfRange[name].Says, part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(MalformedNames))]
    public void An_argument_that_does_not_fit(string name)
    {
        var error = Assert.Throws<ArgumentException>(Malformed[name].Call);

        Assert.Equal(Malformed[name].Parameter, error.ParamName);
        Assert.All(Malformed[name].Says, part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Values_at_the_limits_are_accepted()
    {
        Weigh(0f);
        Weigh(float.PositiveInfinity);
        Weigh(Lambda.AllowNegative(float.NegativeInfinity));
        Weigh(Lambda.TargetKl(0));
        Weigh(Lambda.TargetEss(1));
        Weigh(Rows.Strided(2, 2, 3, 2));
        Weigh(Rows.Ragged([6, 6]));
        Weigh(Rows.Mapped([6], [0]));
        Select(new SelectionOptions { Lambda = 1, Noise = SelectionNoise.None });
    }

    private static void Weigh(Lambda lambda) =>
        Engine.SoftWeights(Rewards, Rows.Dense(2, 3), lambda, new SoftWeightsOutputs());

    private static void Weigh(Rows rows) => Engine.SoftWeights(Rewards, rows, 1, new SoftWeightsOutputs());

    private static void Select(SelectionOptions options) =>
        Engine.Select(Rewards, Rows.Dense(2, 3), options, new SelectionOutputs());
}
