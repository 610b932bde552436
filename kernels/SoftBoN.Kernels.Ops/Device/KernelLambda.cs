using ILGPU;

namespace SoftBoN.Kernels.Ops;

/// <summary>A batch's lambdas as kernels take them: given, or found from a budget by a kernel before.</summary>
internal partial struct KernelLambda
{
    public ArrayView<float> Values;
    public float Scalar;
    public int Kind;
    public int IsPerRow;

    /// <summary>What the search for a lambda has to say of each row.</summary>
    public ArrayView<byte> Notes;
    public int HasNotes;
}
