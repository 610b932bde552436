namespace SoftBoN.Kernels.Tests;

/// <summary>The outputs of soft weights that a call shall make.</summary>
[Flags]
internal enum WeightsWanted
{
    Weights = 1,
    LogWeights = 2,
    LogMeanExp = 4,
    EffectiveSampleSize = 8,
    Entropy = 16,
    KlToUniform = 32,
    ExpectedReward = 64,
    ChiSquare = 128,
    KlFromTiltBound = 256,
    KlFromModelBound = 512,
    Lambda = 1024,
    Status = 2048,
    All = 4095,
}

/// <summary>The outputs of one call of soft weights.</summary>
internal sealed class WeightsResult
{
    public WeightsResult(Batch batch, WeightsWanted wanted)
    {
        float[] Make(WeightsWanted output, int count) => wanted.HasFlag(output) ? new float[count] : [];
        Weights = Make(WeightsWanted.Weights, batch.Packed);
        LogWeights = Make(WeightsWanted.LogWeights, batch.Packed);
        LogMeanExp = Make(WeightsWanted.LogMeanExp, batch.Count);
        EffectiveSampleSize = Make(WeightsWanted.EffectiveSampleSize, batch.Count);
        Entropy = Make(WeightsWanted.Entropy, batch.Count);
        KlToUniform = Make(WeightsWanted.KlToUniform, batch.Count);
        ExpectedReward = Make(WeightsWanted.ExpectedReward, batch.Count);
        ChiSquare = Make(WeightsWanted.ChiSquare, batch.Count);
        KlFromTiltBound = Make(WeightsWanted.KlFromTiltBound, batch.Count);
        KlFromModelBound = Make(WeightsWanted.KlFromModelBound, batch.Count);
        Lambda = Make(WeightsWanted.Lambda, batch.Count);
        Status = wanted.HasFlag(WeightsWanted.Status) ? new RowStatus[batch.Count] : [];
    }

    public float[] Weights { get; }

    public float[] LogWeights { get; }

    public float[] LogMeanExp { get; }

    public float[] EffectiveSampleSize { get; }

    public float[] Entropy { get; }

    public float[] KlToUniform { get; }

    public float[] ExpectedReward { get; }

    public float[] ChiSquare { get; }

    public float[] KlFromTiltBound { get; }

    public float[] KlFromModelBound { get; }

    public float[] Lambda { get; }

    public RowStatus[] Status { get; }

    public SoftWeightsOutputs Outputs => new()
    {
        Weights = Weights,
        LogWeights = LogWeights,
        LogMeanExp = LogMeanExp,
        EffectiveSampleSize = EffectiveSampleSize,
        Entropy = Entropy,
        KlToUniform = KlToUniform,
        ExpectedReward = ExpectedReward,
        ChiSquare = ChiSquare,
        KlFromTiltBound = KlFromTiltBound,
        KlFromModelBound = KlFromModelBound,
        Lambda = Lambda,
        Status = Status,
    };

    public static WeightsResult Of(
        SoftBonEngine engine, Batch batch, Temperature lambda, WeightsWanted wanted = WeightsWanted.All)
    {
        var result = new WeightsResult(batch, wanted);
        engine.SoftWeights(batch.Memory, batch.Rows, lambda.Lambda, result.Outputs);
        return result;
    }

    /// <summary>Equal bits wherever both have a result.</summary>
    public static void AssertSame(WeightsResult expected, WeightsResult actual, string what)
    {
        Assert.True(
            actual.Status.Length == 0 || expected.Status.AsSpan().SequenceEqual(actual.Status), $"{what}: statuses");
        Bitwise.Same(expected.Weights, actual.Weights, $"{what}: weights");
        Bitwise.Same(expected.LogWeights, actual.LogWeights, $"{what}: log-weights");
        Bitwise.Same(expected.LogMeanExp, actual.LogMeanExp, $"{what}: log-mean-exp");
        Bitwise.Same(expected.EffectiveSampleSize, actual.EffectiveSampleSize, $"{what}: effective sample size");
        Bitwise.Same(expected.Entropy, actual.Entropy, $"{what}: entropy");
        Bitwise.Same(expected.KlToUniform, actual.KlToUniform, $"{what}: KL to uniform");
        Bitwise.Same(expected.ExpectedReward, actual.ExpectedReward, $"{what}: expected reward");
        Bitwise.Same(expected.ChiSquare, actual.ChiSquare, $"{what}: chi-square");
        Bitwise.Same(expected.KlFromTiltBound, actual.KlFromTiltBound, $"{what}: bound from the tilt");
        Bitwise.Same(expected.KlFromModelBound, actual.KlFromModelBound, $"{what}: bound from the model");
        Bitwise.Same(expected.Lambda, actual.Lambda, $"{what}: lambda");
    }

    /// <summary>The results of one row, as those of a batch of its own.</summary>
    public WeightsResult ForRow(Batch batch, int row)
    {
        int[] starts = batch.PackedStarts();
        return ForRow(batch, row, starts[row]);
    }

    /// <summary>The same, where the row's start in packed spans is known.</summary>
    public WeightsResult ForRow(Batch batch, int row, int packedStart)
    {
        var one = new WeightsResult(Batch.Of(batch.Row(row)), WeightsWanted.All);
        Weights.AsSpan(packedStart, batch.Length(row)).CopyTo(one.Weights);
        LogWeights.AsSpan(packedStart, batch.Length(row)).CopyTo(one.LogWeights);
        one.LogMeanExp[0] = LogMeanExp[row];
        one.EffectiveSampleSize[0] = EffectiveSampleSize[row];
        one.Entropy[0] = Entropy[row];
        one.KlToUniform[0] = KlToUniform[row];
        one.ExpectedReward[0] = ExpectedReward[row];
        one.ChiSquare[0] = ChiSquare[row];
        one.KlFromTiltBound[0] = KlFromTiltBound[row];
        one.KlFromModelBound[0] = KlFromModelBound[row];
        one.Lambda[0] = Lambda[row];
        one.Status[0] = Status[row];
        return one;
    }
}
