using System.Runtime.CompilerServices;

namespace SoftBoN.Kernels.Ops;

/// <summary>How a row's temperature acts, decided by its value alone, so that rows of all modes mix in one batch.</summary>
internal enum TiltMode : byte
{
    /// <summary>weight proportional to exp(reward / lambda).</summary>
    Tilted,

    /// <summary>lambda = 0: only the largest rewards count.</summary>
    Hard,

    /// <summary>lambda = infinity: all rewards count the same.</summary>
    Flat,
}

/// <summary>A row's lambda as it acts: a magnitude, a direction, or a budget from which the magnitude is to be found.</summary>
internal readonly struct RowLambda
{
    /// <summary>Magnitudes below count as 0.</summary>
    public const float Smallest = 2.350988701644575e-38f;

    /// <summary>Magnitudes above count as infinity.</summary>
    public const float Largest = 4.253529586511731e37f;

    private RowLambda(RowStatus status, float magnitude, bool isNegative, bool isBudget)
    {
        Status = status;
        Magnitude = magnitude;
        IsNegative = isNegative;
        IsBudget = isBudget;
    }

    /// <summary>Ok, or what is wrong with the row's value.</summary>
    public RowStatus Status { get; }

    /// <summary>|lambda|, or the budget where <see cref="IsBudget"/>.</summary>
    public float Magnitude { get; }

    /// <summary>Whether low rewards are preferred.</summary>
    public bool IsNegative { get; }

    /// <summary>Whether lambda has to be found from a budget.</summary>
    public bool IsBudget { get; }

    public TiltMode Mode => ModeOf(Magnitude);

    /// <summary>The effective lambda: what was given, with the ends of its range replaced by 0 and infinity.</summary>
    public float Effective
    {
        get
        {
            float magnitude = Mode switch
            {
                TiltMode.Hard => 0f,
                TiltMode.Flat => float.PositiveInfinity,
                _ => Magnitude,
            };
            return IsNegative ? -magnitude : magnitude;
        }
    }

    public static TiltMode ModeOf(float magnitude) =>
        magnitude < Smallest ? TiltMode.Hard : magnitude > Largest ? TiltMode.Flat : TiltMode.Tilted;

    /// <remarks>NaN is asked for by name: a device may take the opposite of "less" for "greater or equal".</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RowLambda Of(LambdaKind kind, float value)
    {
        switch (kind)
        {
            case LambdaKind.TargetKl:
                return Budget(value, !float.IsNaN(value) && value >= 0f);
            case LambdaKind.TargetEss:
                return Budget(value, !float.IsNaN(value) && value >= 1f);
            default:
                bool valid = !float.IsNaN(value) && (value >= 0f || kind == LambdaKind.GivenSigned);
                RowStatus status = valid ? RowStatus.Ok : RowStatus.LambdaInvalid;
                return new RowLambda(status, MathF.Abs(value), value < 0f && -value >= Smallest, isBudget: false);
        }
    }

    /// <summary>This row's lambda once it was found.</summary>
    public RowLambda Found(float magnitude) => new(RowStatus.Ok, magnitude, IsNegative, isBudget: false);

    private static RowLambda Budget(float value, bool valid) =>
        new(valid ? RowStatus.Ok : RowStatus.TargetInvalid, value, isNegative: false, isBudget: true);
}
