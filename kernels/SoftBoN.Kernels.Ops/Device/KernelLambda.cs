using ILGPU;

namespace SoftBoN.Kernels.Ops;

/// <summary>A batch's lambdas as kernels take them: given, or found from a budget by a kernel before.</summary>
internal struct KernelLambda
{
    public ArrayView<float> Values;
    public float Scalar;
    public int Kind;
    public int IsPerRow;

    /// <summary>What the search for a lambda has to say of each row.</summary>
    public ArrayView<byte> Notes;
    public int HasNotes;

    /// <summary>What a row asks for.</summary>
    public readonly RowLambda Of(in KernelRow row) =>
        RowLambda.Of((LambdaKind)Kind, IsPerRow != 0 && row.Exists ? Values[row.Number] : Scalar);

    /// <summary>What is to be said of a row's lambda, if it is valid and the row has a result.</summary>
    public readonly RowStatus NoteOf(in KernelRow row) =>
        HasNotes != 0 && row.Exists ? (RowStatus)Notes[row.Number] : RowStatus.Ok;
}
