namespace SoftBoN.Kernels.Cuda.Arguments;

/// <summary>The outputs of selection as bits, as the kernels take them; tests compare the numbers.</summary>
internal static class PicksOutput
{
    public const int Index = 1 << 0;
    public const int Reward = 1 << 1;
    public const int LogProbability = 1 << 2;
    public const int Margin = 1 << 3;
    public const int LambdaUsed = 1 << 4;
    public const int Status = 1 << 5;

    public static int WantedBy(in CudaSelection call) => Flag(call.Index, Index)
        | Flag(call.Reward, Reward)
        | Flag(call.LogProbability, LogProbability)
        | Flag(call.Margin, Margin)
        | Flag(call.LambdaUsed, LambdaUsed)
        | Flag(call.Status, Status);

    private static int Flag(nuint address, int flag) => address != 0 ? flag : 0;
}
