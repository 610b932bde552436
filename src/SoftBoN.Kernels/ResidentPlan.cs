using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels;

/// <summary>A plan's steps and discounts in the memory of an engine's device.</summary>
internal sealed class ResidentPlan : IDisposable
{
    private readonly EngineCore core;
    private readonly RewardPlan plan;
    private readonly DeviceBuffer<uint>? program;
    private DeviceBuffer<float>? powers;

    public ResidentPlan(EngineCore core, RewardPlan plan)
    {
        (this.core, this.plan) = (core, plan);
        uint[] words = new uint[RewardProgram.WordsOf(plan.Steps)];
        RewardProgram.Write(plan.Steps, words);
        program = ResidentHead.Copy<uint>(core, words);
    }

    /// <summary>The steps as <see cref="RewardProgram"/> has them; empty where there are none.</summary>
    public DeviceSpan<uint> Program => program;

    /// <summary>The discounts of token rewards of rows of a length; empty where none are discounted.</summary>
    public DeviceSpan<float> Powers(int longest)
    {
        if (plan.Source.Kind != RewardSourceKind.Tokens)
        {
            return default;
        }

        plan.Source.TokenArgs(longest, out float[] discounts);
        if (discounts.Length > (powers?.Length ?? 0))
        {
            // Work that was queued before keeps what it uses.
            powers?.Dispose();
            powers = null;
            powers = ResidentHead.Copy<float>(core, discounts);
        }

        return powers;
    }

    public void Dispose()
    {
        program?.Dispose();
        powers?.Dispose();
    }
}
