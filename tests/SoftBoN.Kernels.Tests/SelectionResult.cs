namespace SoftBoN.Kernels.Tests;

/// <summary>The outputs of selection that a call shall make.</summary>
[Flags]
internal enum SelectionWanted
{
    Index = 1,
    Reward = 2,
    LogProbability = 4,
    Margin = 8,
    Lambda = 16,
    Status = 32,
    AllButMargin = All & ~Margin,
    All = 63,
}

/// <summary>The outputs of one selection.</summary>
internal sealed class SelectionResult
{
    public SelectionResult(int rows, int draws, SelectionWanted wanted)
    {
        float[] Make(SelectionWanted output, int count) => wanted.HasFlag(output) ? new float[count] : [];
        Index = wanted.HasFlag(SelectionWanted.Index) ? new int[rows * draws] : [];
        Reward = Make(SelectionWanted.Reward, rows * draws);
        LogProbability = Make(SelectionWanted.LogProbability, rows * draws);
        Margin = Make(SelectionWanted.Margin, rows * draws);
        Lambda = Make(SelectionWanted.Lambda, rows);
        Status = wanted.HasFlag(SelectionWanted.Status) ? new RowStatus[rows] : [];
    }

    public int[] Index { get; }

    public float[] Reward { get; }

    public float[] LogProbability { get; }

    public float[] Margin { get; }

    public float[] Lambda { get; }

    public RowStatus[] Status { get; }

    public SelectionOutputs Outputs => new()
    {
        Index = Index,
        Reward = Reward,
        LogProbability = LogProbability,
        Margin = Margin,
        Lambda = Lambda,
        Status = Status,
    };

    public static SelectionResult Of(
        SoftBonEngine engine, Batch batch, Pick pick, SelectionWanted wanted = SelectionWanted.All)
    {
        var result = new SelectionResult(batch.Count, pick.Draws, wanted);
        engine.Select(batch.Memory, batch.Rows, pick.Options, result.Outputs);
        return result;
    }

    /// <summary>Equal bits wherever both have a result.</summary>
    public static void AssertSame(SelectionResult expected, SelectionResult actual, string what)
    {
        Assert.True(
            actual.Status.Length == 0 || expected.Status.AsSpan().SequenceEqual(actual.Status), $"{what}: statuses");
        Bitwise.Same(expected.Index, actual.Index, $"{what}: indices");
        Bitwise.Same(expected.Reward, actual.Reward, $"{what}: rewards");
        Bitwise.Same(expected.LogProbability, actual.LogProbability, $"{what}: log-probabilities");
        Bitwise.Same(expected.Margin, actual.Margin, $"{what}: margins");
        Bitwise.Same(expected.Lambda, actual.Lambda, $"{what}: lambda");
    }

    /// <summary>The results of one row, as those of a batch of its own.</summary>
    public SelectionResult ForRow(int row, int draws)
    {
        var one = new SelectionResult(1, draws, SelectionWanted.All);
        Index.AsSpan(row * draws, draws).CopyTo(one.Index);
        Reward.AsSpan(row * draws, draws).CopyTo(one.Reward);
        LogProbability.AsSpan(row * draws, draws).CopyTo(one.LogProbability);
        Margin.AsSpan(row * draws, draws).CopyTo(one.Margin);
        one.Lambda[0] = Lambda[row];
        one.Status[0] = Status[row];
        return one;
    }
}
