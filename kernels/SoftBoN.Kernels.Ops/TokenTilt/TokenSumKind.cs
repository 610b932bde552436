namespace SoftBoN.Kernels.Ops;

/// <summary>The numbers of sums where partial ones are kept.</summary>
internal static class TokenSumKind
{
    public const int Sum = 0;
    public const int Base = 1;
    public const int Deviation = 2;
    public const int Square = 3;
    public const int Model = 4;
    public const int Count = 5;
}
