namespace SoftBoN.Kernels.Native;

/// <summary>A parameter of the caller: not given, one for all rows, or one per row (softbon_f32_param and its like).</summary>
internal struct NativeParameter<T>
    where T : unmanaged
{
    public int IsGiven;
    public T Value;
    public NativeArray<T> PerRow;

    public readonly PerRow<T> Read(string name)
    {
        ReadOnlySpan<T> values = PerRow.Read(name, ".per_row");
        return !values.IsEmpty ? values : IsGiven != 0 ? Value : default(PerRow<T>);
    }
}
