namespace SoftBoN.Kernels;

/// <summary>The code that runs an engine's operations. All return the same bits.</summary>
public enum SoftBonBackend
{
    /// <summary>
    /// The fastest one this machine has. The environment variable SOFTBON_BACKEND (reference, simd) overrides it.
    /// </summary>
    Auto = 0,

    /// <summary>The scalar loops that define every result.</summary>
    Reference = 1,

    /// <summary>Vector&lt;T&gt; at the width that the runtime chose for this processor.</summary>
    Simd = 2,
}
