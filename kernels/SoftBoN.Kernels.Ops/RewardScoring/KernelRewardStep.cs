using ILGPU;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

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
