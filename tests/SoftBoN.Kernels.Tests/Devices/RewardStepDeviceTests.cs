using SoftBoN.Kernels.Tests.Device;
using SoftBoN.Kernels.Tests.TokenTilt;

namespace SoftBoN.Kernels.Tests.Devices;

/// <summary>Pooling, calibration and penalties on devices return the reference's bits, however calls are cut into chunks.</summary>
public sealed class RewardStepDeviceTests
{
    private static readonly RewardPooling[] Poolings =
    [
        RewardPooling.Sum, RewardPooling.Mean, RewardPooling.Last, RewardPooling.Min, RewardPooling.Max,
        RewardPooling.Product, RewardPooling.LogProduct, RewardPooling.DiscountedSum(0.97f),
        RewardPooling.DiscountedSum(1), RewardPooling.MeanLessVariance(0.7f), RewardPooling.MeanLessVariance(0),
    ];

    private static readonly string[] Calibrations = ["z-score", "min-max", "quantile", "table", "clip"];

    private static readonly float[] Table = [-2, -1, -1, 0, 0.5f, 3];

    [Theory]
    [OnBackend(SoftBonBackend.IlgpuCpu)]
    [OnBackend(SoftBonBackend.OpenCl)]
    [OnBackend(SoftBonBackend.Cuda)]
    public void Pooled_rows(SoftBonBackend backend)
    {
        foreach (Batch batch in Batches(backend))
        {
            foreach (RewardPooling pooling in Poolings)
            {
                (float[] expected, RowStatus[] status) = Pool(Engines.Reference, batch, pooling);
                foreach (SoftBonEngine engine in TokenEngines.Of(backend))
                {
                    (float[] actual, RowStatus[] actualStatus) = Pool(engine, batch, pooling);
                    Bitwise.Same(expected, actual, $"{pooling} on {backend}, {batch.Layout}");
                    Assert.Equal(status, actualStatus);
                }
            }
        }
    }

    [Theory]
    [OnBackend(SoftBonBackend.IlgpuCpu)]
    [OnBackend(SoftBonBackend.OpenCl)]
    [OnBackend(SoftBonBackend.Cuda)]
    public void Calibrated_rows(SoftBonBackend backend)
    {
        foreach (Batch batch in Batches(backend))
        {
            foreach (string calibration in Calibrations)
            {
                (float[] expected, RowStatus[] status) = Calibrate(Engines.Reference, batch, calibration);
                foreach (SoftBonEngine engine in TokenEngines.Of(backend))
                {
                    (float[] actual, RowStatus[] actualStatus) = Calibrate(engine, batch, calibration);
                    Bitwise.Same(expected, actual, $"{calibration} on {backend}, {batch.Layout}");
                    Assert.Equal(status, actualStatus);
                    Assert.Equal(status, Calibrate(engine, batch, calibration, wantsReward: false).Status);
                }
            }
        }
    }

    /// <summary>Ranks by a network of exchanges at every length, with ties, where rows of a group end at different places.</summary>
    [Theory]
    [OnBackend(SoftBonBackend.IlgpuCpu)]
    [OnBackend(SoftBonBackend.OpenCl)]
    [OnBackend(SoftBonBackend.Cuda)]
    public void Ranks_of_every_length(SoftBonBackend backend)
    {
        SoftBonEngine engine = TokenEngines.One(backend);
        int longest = DeviceBackends.Scale(backend, full: 70, slow: 35);
        Batch batch = new RandomRewards(471).Rows(Enumerable.Range(1, longest), Mood.Ties, Mood.SomeExcluded);
        Bitwise.Same(
            Calibrate(Engines.Reference, batch, "quantile").Reward,
            Calibrate(engine, batch, "quantile").Reward,
            $"{backend}");
    }

    /// <summary>Partial sums and products of more than one level, and ranks of many.</summary>
    [Theory]
    [OnBackend(SoftBonBackend.OpenCl)]
    [OnBackend(SoftBonBackend.Cuda)]
    public void Long_rows(SoftBonBackend backend)
    {
        SoftBonEngine engine = TokenEngines.One(backend);
        var random = new RandomRewards(472);
        float[] factors = [.. random.Row((1 << 20) + 1500).Select(reward => 1 + (reward / 1e4f))];
        var batch = Batch.Of(factors, random.Row(70_000), random.Row(5));
        foreach (RewardPooling pooling in Poolings)
        {
            Bitwise.Same(
                Pool(Engines.Reference, batch, pooling).Reward, Pool(engine, batch, pooling).Reward, $"{pooling}");
        }

        foreach (string calibration in Calibrations)
        {
            Bitwise.Same(
                Calibrate(Engines.Reference, batch, calibration).Reward,
                Calibrate(engine, batch, calibration).Reward,
                calibration);
        }
    }

    [Theory]
    [OnBackend(SoftBonBackend.IlgpuCpu)]
    [OnBackend(SoftBonBackend.OpenCl)]
    [OnBackend(SoftBonBackend.Cuda)]
    public void Penalized_candidates(SoftBonBackend backend)
    {
        const float None = float.NaN;
        const float Infinity = float.PositiveInfinity;
        var random = new RandomRewards(473);
        float[] rewards =
        [
            1, None, Infinity, -Infinity, 2, 3, 4, 3e38f, 1e-40f, 5, .. random.Row(3000, Mood.AnyBits),
        ];
        float[] log = [.. random.Row(rewards.Length)];
        float[] reference = [.. random.Row(rewards.Length)];
        int[] lengths = [.. Enumerable.Range(0, rewards.Length).Select(i => i * 7 % 500)];
        (log[3], log[4], reference[5], lengths[6], lengths[7]) = (None, None, Infinity, -1, int.MaxValue);
        (log[7], reference[7]) = (-3e38f, 3e38f);
        foreach ((float beta, float gamma) in new[] { (0.5f, 0.25f), (0f, 0.1f), (-2f, 0f), (0f, 0f) })
        {
            (float[] expected, RowStatus[] status) = Penalize(Engines.Reference, beta, gamma);
            foreach (SoftBonEngine engine in TokenEngines.Of(backend))
            {
                (float[] actual, RowStatus[] actualStatus) = Penalize(engine, beta, gamma);
                Bitwise.Same(expected, actual, $"{backend}, {beta} and {gamma}");
                Assert.Equal(status, actualStatus);
            }
        }

        (float[] Reward, RowStatus[] Status) Penalize(SoftBonEngine engine, float beta, float gamma)
        {
            float[] reward = new float[rewards.Length];
            var status = new RowStatus[rewards.Length];
            engine.PenalizeRewards(
                rewards,
                new RewardPenalty
                {
                    Beta = beta,
                    LogProbability = beta == 0 ? [] : log,
                    ReferenceLogProbability = beta == 0 ? [] : reference,
                    Gamma = gamma,
                    Length = gamma == 0 ? [] : lengths,
                },
                new RewardOutputs { Reward = reward, Status = status });
            return (reward, status);
        }
    }

    private static IEnumerable<Batch> Batches(SoftBonBackend backend)
    {
        int[] lengths = backend == SoftBonBackend.IlgpuCpu
            ? [1, 5, 33]
            : [1, 2, 3, 4, 5, 8, 9, 31, 32, 33, 64, 65, 127, 128, 129, 300, 1023, 1024, 1025, 5000];
        yield return new RandomRewards(474).Rows(lengths, RandomRewards.Moods);
        foreach (Batch batch in Layouts.All(475, 4, 21))
        {
            yield return batch;
        }

        // A row of several segments alone, and rows of one length each of which a team of another kind has.
        if (backend == SoftBonBackend.IlgpuCpu)
        {
            yield return Batch.Of(new RandomRewards(476).Row(2100, Mood.SomeExcluded), [1, 2], []);
        }
    }

    private static (float[] Reward, RowStatus[] Status) Pool(SoftBonEngine engine, Batch batch, RewardPooling pooling)
    {
        float[] reward = new float[batch.Count];
        var status = new RowStatus[batch.Count];
        engine.PoolRewards(
            batch.Memory, batch.Rows, pooling, new RewardOutputs { Reward = reward, Status = status });
        return (reward, status);
    }

    private static (float[] Reward, RowStatus[] Status) Calibrate(
        SoftBonEngine engine, Batch batch, string calibration, bool wantsReward = true)
    {
        float[] reward = new float[wantsReward ? batch.Packed : 0];
        var status = new RowStatus[batch.Count];
        engine.CalibrateRewards(
            batch.Memory,
            batch.Rows,
            calibration switch
            {
                "z-score" => RewardCalibration.ZScore,
                "min-max" => RewardCalibration.MinMax,
                "quantile" => RewardCalibration.Quantile,
                "table" => RewardCalibration.FromTable(Table),
                _ => RewardCalibration.Clip(-0.5f, 1),
            },
            new RewardOutputs { Reward = reward, Status = status });
        return (reward, status);
    }
}
