namespace SoftBoN.CheckPtx.Tests;

/// <summary>A test that needs NVIDIA's assembler.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AssemblerFactAttribute : FactAttribute
{
    public AssemblerFactAttribute()
    {
        if (CudaTools.Find() == null)
        {
            Skip = $"no ptxas: set {CudaTools.FolderVariable} to what tools/cuda/toolkit prints";
        }
    }
}
