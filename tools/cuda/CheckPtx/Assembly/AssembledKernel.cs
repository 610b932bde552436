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

        if (FloatDifference(uncontracted) is { } difference)
        {
            yield return new(kernel, target, "the assembler contracts a product and a sum: make it an fma or Arith.Mul",
                difference);
        }
    }

    /// <summary>
    /// The float operations that there are more or fewer of. A contraction always makes one more fma; the order of
    /// instructions differs between the two even where there is none.
    /// </summary>
    private string? FloatDifference(AssembledKernel other)
    {
        Dictionary<string, int> ours = FloatOperations(Code), theirs = FloatOperations(other.Code);
        string[] differences =
        [
            .. from operation in ours.Keys.Union(theirs.Keys).Order(StringComparer.Ordinal)
               let own = ours.GetValueOrDefault(operation)
               let their = theirs.GetValueOrDefault(operation)
               where own != their
               select $"{operation} {own} times, {their} without contraction",
        ];
        return differences.Length > 0 ? string.Join("; ", differences) : null;
    }

    private static Dictionary<string, int> FloatOperations(SassListing code) => code.Instructions
        .Where(instruction => instruction.IsFloat)
        .CountBy(instruction => instruction.Operation)
        .ToDictionary();
}
