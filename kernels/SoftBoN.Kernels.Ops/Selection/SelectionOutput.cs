namespace SoftBoN.Kernels.Ops;

/// <summary>The outputs of selection as bits.</summary>
internal static class SelectionOutput
{
    public const int Index = 1 << 0;
    public const int Reward = 1 << 1;
    public const int LogProbability = 1 << 2;
    public const int Margin = 1 << 3;
    public const int LambdaUsed = 1 << 4;
    public const int Status = 1 << 5;
}
