using SoftBoN.Tool.Input;

namespace SoftBoN.Tool.Running;

/// <summary>What the run's number for lambda means.</summary>
internal enum LambdaMode : byte
{
    Given,
    TargetKl,
    TargetEss,
}

/// <summary>The run's lambda or budget; a line's own lambda goes before it.</summary>
internal readonly record struct LambdaSetting(LambdaMode Mode, float Value, bool AllowNegative)
{
    /// <summary>
    /// Puts the run's lambda beside the lines' own, and returns where the run of rows from <paramref name="first"/>
    /// ends that one call of the engine can take: all rows, unless the run has a budget and some lines a lambda.
    /// </summary>
    public int EndOfRun(RowBatch batch, int first)
    {
        Span<bool> own = batch.OwnLambda.Span[first..];
        if (Mode != LambdaMode.Given)
        {
            int change = own.IndexOf(!own[0]);
            return change < 0 ? batch.Rows : first + change;
        }

        Span<float> lambda = batch.Lambda.Span[first..];
        for (int i = 0; i < own.Length; i++)
        {
            lambda[i] = own[i] ? lambda[i] : Value;
        }

        return batch.Rows;
    }

    /// <summary>The engine's lambda for rows that one call can take.</summary>
    /// <param name="own">Which rows have a lambda of their own.</param>
    /// <param name="values">Each row's lambda, its own or the run's.</param>
    public Lambda Of(ReadOnlySpan<bool> own, ReadOnlySpan<float> values)
    {
        if (Mode != LambdaMode.Given && !own[0])
        {
            return Mode == LambdaMode.TargetKl ? Lambda.TargetKl(Value) : Lambda.TargetEss(Value);
        }

        // One lambda for all rows has a shorter way through the engine.
        return Value > 0 && float.IsFinite(Value) && Mode == LambdaMode.Given && !own.Contains(true) ? Value
            : AllowNegative ? Lambda.AllowNegative(values) : values;
    }
}
