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

        if (OperationDifference(uncontracted) is { } operations)
        {
            yield return new(kernel, target, "the assembler contracts a product and a sum: make it an fma or Arith.Mul",
                operations);
        }
        else if (FirstDifference(uncontracted) is { } difference)
        {
            yield return new(kernel, target, "the code is another one without contraction, of the same operations",
                difference);
        }
    }

    /// <summary>The operations that there are more or fewer of: a contraction always makes one more fma.</summary>
    private string? OperationDifference(AssembledKernel other)
    {
        Dictionary<string, int> ours = Operations(Code), theirs = Operations(other.Code);
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

    /// <summary>The first instruction that is another one, operands and all.</summary>
    private string? FirstDifference(AssembledKernel other) => Code.Instructions.Zip(other.Code.Instructions)
        .Where(pair => pair.First.Text != pair.Second.Text)
        .Select(pair => $"{pair.First.Text}; {pair.Second.Text} without")
        .FirstOrDefault();

    private static Dictionary<string, int> Operations(SassListing code) => code.Instructions
        .CountBy(instruction => instruction.FullOperation)
        .ToDictionary();
}
