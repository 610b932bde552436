namespace SoftBoN.CheckPtx;

/// <summary>A kernel as the multiprocessor runs it.</summary>
internal sealed record AssembledKernel(KernelResources Resources, SassListing Code)
{
    /// <summary>Everything that is wrong with it, given the same kernel assembled without contraction.</summary>
    public IEnumerable<Finding> Check(string kernel, string target, AssembledKernel uncontracted)
    {
        if (Resources.SpillBytes > 0)
        {
            yield return new(kernel, target, "registers are spilled: less at a time in each thread, or fewer threads",
                $"{Resources.SpillBytes} bytes");
        }

        if (Resources.StackBytes > 0)
        {
            yield return new(kernel, target, "a stack frame: keep arrays in registers by constant indices",
                $"{Resources.StackBytes} bytes");
        }

        if (FirstDifference(uncontracted) is { } difference)
        {
            yield return new(kernel, target, "the assembler contracts a product and a sum: make it an fma or Arith.Mul",
                difference);
        }
    }

    private string? FirstDifference(AssembledKernel other)
    {
        IReadOnlyList<SassInstruction> ours = Code.Instructions, theirs = other.Code.Instructions;
        for (int i = 0; i < Math.Max(ours.Count, theirs.Count); i++)
        {
            string? own = i < ours.Count ? ours[i].Text : null;
            string? their = i < theirs.Count ? theirs[i].Text : null;
            if (own != their)
            {
                return $"contracted: {own ?? "the end"}; as written: {their ?? "the end"}";
            }
        }

        return null;
    }
}
