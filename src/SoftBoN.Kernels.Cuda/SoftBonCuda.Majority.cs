using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Cuda;

public sealed partial class SoftBonCuda
{
    /// <inheritdoc cref="WorkspaceBytes(in CudaSoftWeights)"/>
    public long WorkspaceBytes(in CudaMajority call) => BytesOf(ArgsOf(in call), call.Rows);

    /// <summary>Queues weighted majority: the answer whose candidates have the largest sum of soft weights.</summary>
    /// <param name="call">Rewards, rows, lambda, answers and outputs.</param>
    /// <exception cref="ArgumentException">A number or an address is out of range; the message says which.</exception>
    /// <exception cref="InvalidOperationException">There is too little workspace, or an earlier fault.</exception>
    /// <exception cref="CudaFaultException">The driver reported an error.</exception>
    /// <exception cref="ObjectDisposedException">This was disposed of.</exception>
    public void Majority(in CudaMajority call) => Run(ArgsOf(in call), call.Rows, call.Rewards);

    private static WeightedMajorityDeviceArgs ArgsOf(in CudaMajority call)
    {
        long rows = call.Rows.Rows;
        long packed = call.Rows.Packed;
        call.Lambda.Check();
        if (call.Answers == 0 && packed > 0)
        {
            Throw.Argument(
                $"Answers is 0 and there are {packed} candidates; pass a device pointer.", nameof(call.Answers));
        }

        return new WeightedMajorityDeviceArgs
        {
            Rows = RowsOf(call.Rewards, call.Rows),
            LambdaKind = (LambdaKind)call.Lambda.Kind,
            Lambda = ArgOf(call.Lambda.Values, rows, nameof(call.Lambda)),
            Answers = ViewOf<int>(call.Answers, packed, nameof(call.Answers)),
            Answer = ViewOf<int>(call.Answer, rows, nameof(call.Answer)),
            Index = ViewOf<int>(call.Index, rows, nameof(call.Index)),
            Share = ViewOf<float>(call.Share, rows, nameof(call.Share)),
            LambdaUsed = ViewOf<float>(call.LambdaUsed, rows, nameof(call.LambdaUsed)),
            Status = ViewOf<byte>(call.Status, rows, nameof(call.Status)),
        };
    }
}
