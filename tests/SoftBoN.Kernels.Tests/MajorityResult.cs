namespace SoftBoN.Kernels.Tests;

/// <summary>The outputs of one weighted majority.</summary>
internal sealed class MajorityResult(int rows)
{
    public int[] Answer { get; } = new int[rows];

    public int[] Index { get; } = new int[rows];

    public float[] Share { get; } = new float[rows];

    public float[] Lambda { get; } = new float[rows];

    public RowStatus[] Status { get; } = new RowStatus[rows];

    public MajorityOutputs Outputs => new()
    {
        Answer = Answer,
        Index = Index,
        Share = Share,
        Lambda = Lambda,
        Status = Status,
    };

    public static MajorityResult Of(SoftBonEngine engine, Batch batch, Temperature lambda, int[] answers)
    {
        var result = new MajorityResult(batch.Count);
        engine.Majority(batch.Memory, batch.Rows, lambda.Lambda, answers, result.Outputs);
        return result;
    }

    public static void AssertSame(MajorityResult expected, MajorityResult actual, string what)
    {
        Assert.True(expected.Status.AsSpan().SequenceEqual(actual.Status), $"{what}: statuses");
        Bitwise.Same(expected.Answer, actual.Answer, $"{what}: answers");
        Bitwise.Same(expected.Index, actual.Index, $"{what}: indices");
        Bitwise.Same(expected.Share, actual.Share, $"{what}: shares");
        Bitwise.Same(expected.Lambda, actual.Lambda, $"{what}: lambda");
    }
}
