namespace SoftBoN.CheckPtx;

/// <summary>The figures of one kernel on one architecture that a change should not make worse unnoticed.</summary>
/// <param name="Kernel">Its name.</param>
/// <param name="Target">sm_80, sm_90.</param>
/// <param name="Registers">A thread's.</param>
/// <param name="SharedBytes">A group's static shared memory.</param>
/// <param name="Instructions">Of the whole kernel.</param>
/// <param name="LoadBits">The widest global load of the main part.</param>
/// <param name="MainInstructions">Of the main part: the loop that loads most, or the whole kernel.</param>
/// <param name="MainBytes">That a thread loads in one pass of it.</param>
internal sealed record KernelFigures(
    string Kernel,
    string Target,
    int Registers,
    int SharedBytes,
    int Instructions,
    int LoadBits,
    int MainInstructions,
    int MainBytes)
{
    /// <summary>What one compiled kernel amounts to.</summary>
    public static KernelFigures Of(string kernel, string target, AssembledKernel assembled)
    {
        SassLoop main = assembled.Code.MainPart;
        return new(
            kernel,
            target,
            assembled.Resources.Registers,
            assembled.Resources.SharedBytes,
            assembled.Code.Instructions.Count,
            main.WidestLoadBits,
            main.Instructions.Count,
            main.LoadedBytes);
    }
}
