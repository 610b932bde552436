using System.Runtime.InteropServices;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>A step of a plan that can be written as words.</summary>
internal interface IProgramStep
{
    /// <summary>What its words say.</summary>
    ProgramStep Words { get; }
}

/// <summary>What the words of a step say.</summary>
internal readonly ref struct ProgramStep
{
    public RewardStepKind Kind { get; init; }

    /// <summary>Which calibration or pooling, or which prices are paid.</summary>
    public int Which { get; init; }

    /// <summary>The low end of a range, the weight of a variance, the price of a nat.</summary>
    public float A { get; init; }

    /// <summary>The high end of a range, the price of a unit of length.</summary>
    public float B { get; init; }

    /// <summary>The table or the discounts.</summary>
    public ReadOnlySpan<float> Values { get; init; }
}

/// <summary>
/// The steps of a plan as words, as devices take them: so many per step, behind them the tables and discounts that steps name
/// by their places.
/// </summary>
internal static class RewardProgram
{
    /// <summary>Words of a step: its kind, which calibration, pooling or prices, two parameters, where its values are and
    /// how many.</summary>
    public const int StepWords = 6;

    /// <summary>The words of steps.</summary>
    public static long WordsOf<TStep>(ReadOnlySpan<TStep> steps)
        where TStep : struct, IProgramStep
    {
        long words = steps.Length * StepWords;
        foreach (ref readonly TStep step in steps)
        {
            words += step.Words.Values.Length;
        }

        return words;
    }

    /// <summary>Writes steps; there is room for as many words as they have.</summary>
    public static void Write<TStep>(ReadOnlySpan<TStep> steps, Span<uint> words)
        where TStep : struct, IProgramStep
    {
        int next = steps.Length * StepWords;
        for (int i = 0; i < steps.Length; i++)
        {
            ProgramStep step = steps[i].Words;
            Span<uint> at = words.Slice(i * StepWords, StepWords);
            (at[0], at[1], at[2]) = ((uint)step.Kind, (uint)step.Which, Bits.Of(step.A));
            (at[3], at[4], at[5]) = (Bits.Of(step.B), (uint)next, (uint)step.Values.Length);
            MemoryMarshal.Cast<float, uint>(step.Values).CopyTo(words[next..]);
            next += step.Values.Length;
        }
    }

    /// <summary>Which prices are paid.</summary>
    public static int PaidOf(float beta, float gamma) =>
        (beta != 0f ? KernelPrice.ForLogs : 0) | (gamma != 0f ? KernelPrice.ForLength : 0);
}

/// <summary>What launching a plan's steps depends on.</summary>
internal struct RewardProgramShape
{
    public int Steps;

    /// <summary>The number of the step that is an ensemble, or -1, and its pooling, whose discounts are words.</summary>
    public int Ensemble;
    public RewardPoolingKind Kind;
    public float VarianceWeight;
    public int FirstPower;
    public int PowerCount;

    /// <summary>Whether any step ranks rewards.</summary>
    public bool Ranks;

    /// <summary>The shape of steps, and of their words.</summary>
    public static RewardProgramShape Of<TStep>(ReadOnlySpan<TStep> steps)
        where TStep : struct, IProgramStep
    {
        var shape = new RewardProgramShape { Steps = steps.Length, Ensemble = -1 };
        int next = steps.Length * RewardProgram.StepWords;
        for (int i = 0; i < steps.Length; i++)
        {
            ProgramStep step = steps[i].Words;
            shape.Ranks |= step.Kind == RewardStepKind.Calibrate && step.Which == (int)RewardCalibrationKind.Quantile;
            if (step.Kind == RewardStepKind.Ensemble)
            {
                shape.Ensemble = i;
                (shape.Kind, shape.VarianceWeight) = ((RewardPoolingKind)step.Which, step.A);
                (shape.FirstPower, shape.PowerCount) = (next, step.Values.Length);
            }

            next += step.Values.Length;
        }

        return shape;
    }
}
