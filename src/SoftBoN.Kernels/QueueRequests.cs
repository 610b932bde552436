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
