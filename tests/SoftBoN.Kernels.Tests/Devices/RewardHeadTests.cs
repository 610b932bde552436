using SoftBoN.Kernels.Tests.RewardScoring;
using SoftBoN.Kernels.Tests.TokenTilt;

namespace SoftBoN.Kernels.Tests.Devices;

/// <summary>Reward heads return the reference's bits on every device, however calls are cut into chunks.</summary>
public sealed class RewardHeadTests
{
    [Theory]
    [OnBackend(SoftBonBackend.IlgpuCpu)]
    [OnBackend(SoftBonBackend.OpenCl)]
    [OnBackend(SoftBonBackend.Cuda)]
    public void Rows_of_all_kinds(SoftBonBackend backend)
    {
        int[] dimensions = backend == SoftBonBackend.IlgpuCpu
            ? [1, 37, 130, 1030]
            : [1, 2, 3, 4, 31, 32, 33, 63, 64, 65, 127, 128, 129, 512, 1000, 1023, 1024, 1025, 2048, 4099];
        foreach (SoftBonEngine engine in TokenEngines.Of(backend))
        {
            foreach (int dimension in dimensions)
            {
                foreach (Format format in Enum.GetValues<Format>())
                {
                    int heads = 1 + ((dimension + (int)format) % 6);
                    ulong seed = (ulong)((10 * dimension) + (int)format);
                    int rows = 1 + (dimension % DeviceBackends.Scale(backend, full: 9, slow: 3));
                    HeadCall call = RandomHeads.Make(seed, format, rows, dimension, heads);
                    AssertSame(engine, call, $"{backend}, {format}, {dimension} dimensions, {heads} heads");
                    AssertSame(engine, Single(call), $"{backend}, {format}, {dimension} dimensions, a head alone");
                }
            }
        }
    }

    /// <summary>Sums of segments of more than one level, and more heads than a segment has lanes.</summary>
    [Theory]
    [OnBackend(SoftBonBackend.OpenCl)]
    [OnBackend(SoftBonBackend.Cuda)]
    public void Wide_rows_and_many_heads(SoftBonBackend backend)
    {
        SoftBonEngine engine = TokenEngines.One(backend);
        AssertSame(engine, RandomHeads.Make(71, Format.Half, 3, 140_000, 2), $"{backend}, 140,000 dimensions");
        AssertSame(engine, RandomHeads.Make(72, Format.Full, 6, 33, 1500), $"{backend}, 1,500 heads");
        AssertSame(engine, RandomHeads.Make(73, Format.BFloat16, 1500, 70, 3), $"{backend}, 1,500 rows");
    }

    [Theory]
    [OnBackend(SoftBonBackend.IlgpuCpu)]
    [OnBackend(SoftBonBackend.OpenCl)]
    [OnBackend(SoftBonBackend.Cuda)]
    public void Rows_without_a_reward_say_why(SoftBonBackend backend)
    {
        const float Infinity = float.PositiveInfinity;
        var call = new HeadCall(
            new StoredMatrix(Format.Full, 5, 2, [1, 2, float.NaN, Infinity, 3, -Infinity, 3e38f, 3e38f, 1e-13f, 1]),
            new StoredMatrix(Format.Full, 1, 2, [1, 1]));
        ScoredRows alone = call.On(TokenEngines.One(backend));
        RowStatus[] statuses =
        [
            RowStatus.Ok, RowStatus.HiddenNaN, RowStatus.HiddenInfinity, RowStatus.RewardOutOfRange, RowStatus.Ok,
        ];
        Assert.Equal(statuses, alone.Status);
        Assert.Equal([3, float.NaN, float.NaN, float.NaN, 1], alone.Reward);

        HeadCall gated = call with
        {
            Weights = new StoredMatrix(Format.Full, 2, 2, [1, 1, 0, 1]),
            Gating = [1, float.NaN, 1, 1, 1, 1, 1, 1, Infinity, 1],
        };
        foreach (HeadCall each in new[] { call, gated, gated with { Gating = [], Mixture = [3e38f, 3e38f] } })
        {
            AssertSame(TokenEngines.One(backend), each, $"{backend}, statuses");
        }

        Assert.Equal(RowStatus.GatingInvalid, gated.On(TokenEngines.One(backend)).Status[0]);
    }

    private static HeadCall Single(HeadCall call) => call with
    {
        Weights = call.Weights.First(),
        Bias = call.Bias.Length == 0 ? [] : [call.Bias[0]],
        Mixture = [],
        Gating = [],
    };

    private static void AssertSame(SoftBonEngine engine, HeadCall call, string what)
    {
        ScoredRows expected = call.On(Engines.Reference);
        ScoredRows.AssertSame(expected, call.On(engine), what);
        ScoredRows rewards = call.On(engine, scores: false);
        Bitwise.Same(expected.Reward, rewards.Reward, $"{what}, rewards alone");
        Assert.Equal(expected.Status, rewards.Status);
        ScoredRows scores = call.On(engine, reward: false);
        Bitwise.Same(expected.Scores, scores.Scores, $"{what}, scores alone");
    }
}
