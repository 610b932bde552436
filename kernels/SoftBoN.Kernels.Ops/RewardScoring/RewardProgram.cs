using ILGPU;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>
/// The steps of a plan as words, as devices take them: so many per step, behind them the tables and discounts that steps name
/// by their places.
/// </summary>
internal static unsafe class RewardProgram
{
    /// <summary>Words of a step: its kind, which calibration, pooling or prices, two parameters, where its values are and
    /// how many.</summary>
    public const int StepWords = 6;

    /// <summary>The words of steps.</summary>
    public static long WordsOf(ReadOnlySpan<RewardStep> steps)
    {
        long words = steps.Length * StepWords;
        foreach (RewardStep step in steps)
        {
            words += CountOf(in step);
        }

        return words;
    }

    /// <summary>Writes steps; there is room for as many words as they have.</summary>
    public static void Write(ReadOnlySpan<RewardStep> steps, Span<uint> words)
    {
        int next = steps.Length * StepWords;
        for (int i = 0; i < steps.Length; i++)
        {
            ref readonly RewardStep step = ref steps[i];
            Span<uint> at = words.Slice(i * StepWords, StepWords);
            int count = CountOf(in step);
            (int which, float a, float b) = step.Kind switch
            {
                RewardStepKind.Calibrate => ((int)step.Calibration.Kind, step.Calibration.Low, step.Calibration.High),
                RewardStepKind.Ensemble => ((int)step.Ensemble.Kind, step.Ensemble.VarianceWeight, 0f),
                _ => (PaidOf(step.Beta, step.Gamma), step.Beta, step.Gamma),
            };
            (at[0], at[1], at[2]) = ((uint)step.Kind, (uint)which, Bits.Of(a));
            (at[3], at[4], at[5]) = (Bits.Of(b), (uint)next, (uint)count);
            float* values = step.Kind == RewardStepKind.Calibrate ? step.Calibration.Table : step.Ensemble.Powers;
            new ReadOnlySpan<uint>(values, count).CopyTo(words[next..]);
            next += count;
        }
    }

    /// <summary>Which prices are paid.</summary>
    public static int PaidOf(float beta, float gamma) =>
        (beta != 0f ? KernelPrice.ForLogs : 0) | (gamma != 0f ? KernelPrice.ForLength : 0);

    private static int CountOf(in RewardStep step) => step.Kind switch
    {
        RewardStepKind.Calibrate => step.Calibration.TableLength,
        RewardStepKind.Ensemble => step.Ensemble.PowerCount,
        _ => 0,
    };
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
    public static RewardProgramShape Of(ReadOnlySpan<RewardStep> steps)
    {
        var shape = new RewardProgramShape { Steps = steps.Length, Ensemble = -1 };
        for (int i = 0; i < steps.Length; i++)
        {
            RewardStep step = steps[i];
            shape.Ranks |= step.Kind == RewardStepKind.Calibrate
                && step.Calibration.Kind == RewardCalibrationKind.Quantile;
            if (step.Kind == RewardStepKind.Ensemble)
            {
                shape.Ensemble = i;
                (shape.Kind, shape.VarianceWeight) = (step.Ensemble.Kind, step.Ensemble.VarianceWeight);
                shape.FirstPower = (steps.Length * RewardProgram.StepWords) + (int)(RewardProgram.WordsOf(steps[..i])
                    - (i * RewardProgram.StepWords));
                shape.PowerCount = step.Ensemble.PowerCount;
            }
        }

        return shape;
    }
}

/// <summary>A step of a plan as kernels read it.</summary>
internal struct KernelRewardStep
{
    public int Kind;

    /// <summary>Which calibration or pooling, or which prices are paid.</summary>
    public int Which;

    /// <summary>The low end of a range, the weight of a variance, the price of a nat.</summary>
    public float A;

    /// <summary>The high end of a range, the price of a unit of length.</summary>
    public float B;

    /// <summary>Where the table or the discounts are.</summary>
    public int Start;
    public int Count;

    public static KernelRewardStep Of(ArrayView<uint> program, int number)
    {
        int at = number * RewardProgram.StepWords;
        KernelRewardStep step = default;
        step.Kind = (int)program[at];
        step.Which = (int)program[at + 1];
        step.A = Bits.ToFloat(program[at + 2]);
        step.B = Bits.ToFloat(program[at + 3]);
        step.Start = (int)program[at + 4];
        step.Count = (int)program[at + 5];
        return step;
    }
}
