namespace SoftBoN.Kernels.Native;

/// <summary>The caller's temperature (softbon_lambda).</summary>
internal struct NativeLambda
{
    public int Kind;
    public float Value;
    public NativeArray<float> PerRow;

    public readonly Lambda Read()
    {
        const int Greatest = 4;
        if (Kind is < 0 or > Greatest)
        {
            NativeFault.Argument($"lambda.kind is {Kind}; pass 0 to {Greatest}, a softbon_lambda_kind.");
        }

        ReadOnlySpan<float> values = PerRow.Read("lambda.per_row");
        PerRow<float> perRow = values.IsEmpty ? Value : values;
        return Kind switch
        {
            1 => perRow,
            2 => Lambda.AllowNegative(perRow),
            3 => Lambda.TargetKl(perRow),
            4 => Lambda.TargetEss(perRow),
            _ => default,
        };
    }
}
