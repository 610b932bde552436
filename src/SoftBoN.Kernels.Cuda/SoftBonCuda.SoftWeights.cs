using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Cuda;

public sealed partial class SoftBonCuda
{
    /// <summary>The bytes of workspace that a call needs.</summary>
    /// <param name="call">The call; its addresses do not matter, but which of them are 0 does.</param>
    /// <returns>The bytes, which grow with rows and columns.</returns>
    /// <exception cref="ArgumentException">A number or an address is out of range; the message says which.</exception>
    public long WorkspaceBytes(in CudaSoftWeights call) => BytesOf(ArgsOf(in call), call.Rows);

    /// <summary>Queues soft weights and their diagnostics.</summary>
    /// <param name="call">Rewards, rows, lambda and outputs.</param>
    /// <exception cref="ArgumentException">A number or an address is out of range; the message says which.</exception>
    /// <exception cref="InvalidOperationException">There is too little workspace, or an earlier fault.</exception>
    /// <exception cref="CudaFaultException">The driver reported an error.</exception>
    /// <exception cref="ObjectDisposedException">This was disposed of.</exception>
    public void SoftWeights(in CudaSoftWeights call) => Run(ArgsOf(in call), call.Rows, call.Rewards);

    private static SoftWeightsDeviceArgs ArgsOf(in CudaSoftWeights call)
    {
        long rows = call.Rows.Rows;
        long packed = call.Rows.Packed;
        call.Lambda.Check();
        return new SoftWeightsDeviceArgs
        {
            Rows = RowsOf(call.Rewards, call.Rows),
            LambdaKind = (LambdaKind)call.Lambda.Kind,
            Lambda = ArgOf(call.Lambda.Values, rows, nameof(call.Lambda)),
            Weights = ViewOf<float>(call.Weights, packed, nameof(call.Weights)),
            LogWeights = ViewOf<float>(call.LogWeights, packed, nameof(call.LogWeights)),
            LogMeanExp = ViewOf<float>(call.LogMeanExp, rows, nameof(call.LogMeanExp)),
            EffectiveSampleSize = ViewOf<float>(call.EffectiveSampleSize, rows, nameof(call.EffectiveSampleSize)),
            Entropy = ViewOf<float>(call.Entropy, rows, nameof(call.Entropy)),
            KlToUniform = ViewOf<float>(call.KlToUniform, rows, nameof(call.KlToUniform)),
            ExpectedReward = ViewOf<float>(call.ExpectedReward, rows, nameof(call.ExpectedReward)),
            ChiSquare = ViewOf<float>(call.ChiSquare, rows, nameof(call.ChiSquare)),
            KlFromTiltBound = ViewOf<float>(call.KlFromTiltBound, rows, nameof(call.KlFromTiltBound)),
            KlFromModelBound = ViewOf<float>(call.KlFromModelBound, rows, nameof(call.KlFromModelBound)),
            LambdaUsed = ViewOf<float>(call.LambdaUsed, rows, nameof(call.LambdaUsed)),
            Status = ViewOf<byte>(call.Status, rows, nameof(call.Status)),
        };
    }
}
