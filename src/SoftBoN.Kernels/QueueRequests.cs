namespace SoftBoN.Kernels;

/// <summary>Soft weights in device memory, checked.</summary>
internal readonly record struct SoftWeightsRequest(
    DeviceSpan<float> Rewards, DeviceRows Rows, DeviceLambda Lambda, DeviceSoftWeightsOutputs Outputs);

/// <summary>Selection in device memory, checked.</summary>
internal readonly record struct SelectionRequest(
    DeviceSpan<float> Rewards, DeviceRows Rows, DeviceSelectionOptions Options, DeviceSelectionOutputs Outputs);

/// <summary>Weighted majority in device memory, checked.</summary>
internal readonly record struct MajorityRequest(
    DeviceSpan<float> Rewards,
    DeviceRows Rows,
    DeviceLambda Lambda,
    DeviceSpan<int> Answers,
    DeviceMajorityOutputs Outputs);

/// <summary>A token tilt in device memory, checked.</summary>
internal readonly record struct TokenTiltRequest(
    DeviceTokenMatrix Logits, DeviceTokenTiltOptions Options, DeviceTokenTiltOutputs Outputs, int Rows);

/// <summary>Scores of hidden values in device memory, checked.</summary>
internal readonly record struct RewardScoringRequest(
    DeviceTokenMatrix Hidden,
    DeviceRewardHead Head,
    DeviceRewardScoringOptions Options,
    DeviceRewardScoringOutputs Outputs,
    int Rows);

/// <summary>A plan in device memory, checked.</summary>
internal readonly record struct RewardPlanRequest(
    RewardPlan Plan,
    DeviceRewardHead Head,
    DeviceSpan<float> Mixture,
    DeviceSpan<uint> Program,
    DeviceSpan<float> Powers,
    DeviceRewardPlanInputs Inputs,
    DeviceRows Prompts,
    DeviceSelectionOptions Selection,
    DeviceRewardPlanOutputs Outputs)
{
    public bool WantsWeights => SoftBonQueue.IsWanted(Outputs.Weights);

    public bool WantsSelection => SoftBonQueue.IsWanted(Outputs.Selection);
}
