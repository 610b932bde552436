using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Devices;

/// <content>Reward heads.</content>
internal sealed partial class QueueCommand
{
    public void Set(in RewardScoringRequest request)
    {
        launch = launches.Rewards;
        launches.Rewards.Args = new RewardScoringDeviceArgs
        {
            Rows = request.Rows,
            Dimension = request.Hidden.Columns,
            Hidden = TokensOf(request.Hidden),
            RowMap = DeviceMemory.View(request.Options.RowMap),
            Weights = TokensOf(request.Head.Weights),
            Heads = request.Head.Weights.Rows,
            Bias = DeviceMemory.View(request.Head.Bias),
            Mixture = DeviceMemory.View(request.Options.Mixture),
            Gating = DeviceMemory.View(request.Options.Gating),
            Scores = DeviceMemory.View(request.Outputs.Scores),
            Reward = DeviceMemory.View(request.Outputs.Reward),
            Status = DeviceMemory.View(request.Outputs.Status).Cast<byte>(),
        };
    }
}
