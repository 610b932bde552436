using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Cuda;

public sealed partial class SoftBonCuda
{
    private const int MaxDraws = (1 << 28) - 1;

    /// <inheritdoc cref="WorkspaceBytes(in CudaSoftWeights)"/>
    public long WorkspaceBytes(in CudaSelection call) => BytesOf(ArgsOf(in call), call.Rows);

    /// <summary>Queues a selection: argmax of reward / lambda + offset + noise.</summary>
    /// <param name="call">Rewards, rows, lambda, seed and outputs.</param>
    /// <exception cref="ArgumentException">A number or an address is out of range; the message says which.</exception>
    /// <exception cref="InvalidOperationException">There is too little workspace, or an earlier fault.</exception>
    /// <exception cref="CudaFaultException">The driver reported an error.</exception>
    /// <exception cref="ObjectDisposedException">This was disposed of.</exception>
    public void Select(in CudaSelection call) => Run(ArgsOf(in call), call.Rows, call.Rewards);

    private static SelectionDeviceArgs ArgsOf(in CudaSelection call)
    {
        Check(in call);
        long rows = call.Rows.Rows;
        long packed = call.Rows.Packed;
        long draws = rows * call.Draws;
        return new SelectionDeviceArgs
        {
            Rows = RowsOf(call.Rewards, call.Rows),
            LambdaKind = (LambdaKind)call.Lambda.Kind,
            Lambda = ArgOf(call.Lambda.Values, rows, nameof(call.Lambda)),
            Seed = ArgOf(call.Seed, rows, nameof(call.Seed)),
            Position = ArgOf(call.Position, rows, nameof(call.Position)),
            PositionIsRow = !call.Position.IsGiven,
            Noise = call.Noise,
            Draws = call.Draws,
            Distinct = call.Distinct,
            Offsets = ViewOf<float>(call.Offsets, packed, nameof(call.Offsets)),
            Elements = ViewOf<uint>(call.Elements, packed, nameof(call.Elements)),
            Index = ViewOf<int>(call.Index, draws, nameof(call.Index)),
            Reward = ViewOf<float>(call.Reward, draws, nameof(call.Reward)),
            LogProbability = ViewOf<float>(call.LogProbability, draws, nameof(call.LogProbability)),
            Margin = ViewOf<float>(call.Margin, draws, nameof(call.Margin)),
            LambdaUsed = ViewOf<float>(call.LambdaUsed, rows, nameof(call.LambdaUsed)),
            Status = ViewOf<byte>(call.Status, rows, nameof(call.Status)),
        };
    }

    private static void Check(in CudaSelection call)
    {
        call.Lambda.Check();
        if (call.Noise is < CudaNoise.Gumbel or > CudaNoise.None)
        {
            Throw.OutOfRange("Noise", call.Noise, "Must be Gumbel, UniformRace or None.");
        }

        if (call.Noise != CudaNoise.None && !call.Seed.IsGiven)
        {
            Throw.Argument("Seed is not set; pass a seed, or one per row, or Noise = None.", "Seed");
        }

        if (call.Draws is < 1 or > MaxDraws)
        {
            Throw.OutOfRange("Draws", call.Draws, $"Must be 1 to {MaxDraws}.");
        }
    }
}
