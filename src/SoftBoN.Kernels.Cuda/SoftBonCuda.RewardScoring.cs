using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Cuda;

public sealed partial class SoftBonCuda
{
    /// <inheritdoc cref="WorkspaceBytes(in CudaSoftWeights)"/>
    public long WorkspaceBytes(in CudaRewardScoring call) => BytesOf(ArgsOf(in call));

    /// <summary>Queues scores of hidden states: one launch for a head alone, two for several or a mixture.</summary>
    /// <param name="call">Hidden values, heads and outputs.</param>
    /// <exception cref="ArgumentException">A number or an address is out of range; the message says which.</exception>
    /// <exception cref="InvalidOperationException">There is too little workspace, or an earlier fault.</exception>
    /// <exception cref="CudaFaultException">The driver reported an error.</exception>
    /// <exception cref="ObjectDisposedException">This was disposed of.</exception>
    public void ScoreRewards(in CudaRewardScoring call) => Run(ArgsOf(in call), call.Rows, call.Hidden.Address);

    private static RewardScoringDeviceArgs ArgsOf(in CudaRewardScoring call)
    {
        call.Check();
        long rows = call.Rows;
        int heads = call.Weights.Rows;
        return new RewardScoringDeviceArgs
        {
            Rows = rows,
            Dimension = call.Hidden.Columns,
            Hidden = call.Hidden.Tokens(nameof(call.Hidden)),
            RowMap = ViewOf<int>(call.RowMap, rows, nameof(call.RowMap)),
            Weights = call.Weights.Tokens(nameof(call.Weights)),
            Heads = heads,
            Bias = ViewOf<float>(call.Bias, heads, nameof(call.Bias)),
            Mixture = ViewOf<float>(call.Mixture, heads, nameof(call.Mixture)),
            Gating = ViewOf<float>(call.Gating, rows * heads, nameof(call.Gating)),
            Scores = ViewOf<float>(call.Scores, rows * heads, nameof(call.Scores)),
            Reward = ViewOf<float>(call.Reward, rows, nameof(call.Reward)),
            Status = ViewOf<byte>(call.Status, rows, nameof(call.Status)),
        };
    }
}
