namespace SoftBoN.Kernels;

/// <summary>Operations that run on devices, in any combination.</summary>
[Flags]
public enum SoftBonOperations
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Soft weights with all diagnostics.</summary>
    SoftWeights = 1 << 0,

    /// <summary>Selection with all outputs.</summary>
    Selection = 1 << 1,

    /// <summary>Weighted majority.</summary>
    Majority = 1 << 2,

    /// <summary>The token tilt with all outputs.</summary>
    TiltTokens = 1 << 3,

    /// <summary>All of them.</summary>
    All = SoftWeights | Selection | Majority | TiltTokens,
}
