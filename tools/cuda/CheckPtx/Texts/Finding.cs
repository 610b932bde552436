namespace SoftBoN.CheckPtx;

/// <summary>Something that a kernel must not have.</summary>
/// <param name="Kernel">Which kernel.</param>
/// <param name="Target">For what it was compiled: sm_80, sm_90, OpenCL.</param>
/// <param name="Rule">What is wrong, and what to do about it.</param>
/// <param name="Evidence">The first place where it shows.</param>
internal sealed record Finding(string Kernel, string Target, string Rule, string Evidence)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Kernel}, {Target}: {Rule}\n    {Evidence}";
}
