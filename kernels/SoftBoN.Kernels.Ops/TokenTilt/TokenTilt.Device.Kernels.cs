using ILGPU.Runtime;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <content>The kernels of the token tilt.</content>
internal sealed partial class DevicePrograms
{
    /// <summary>Compiles what the token tilt of any rows may need.</summary>
    public void PrepareTokens(AcceleratorStream stream)
    {
        TokenTiltDeviceArgs args = default;
        TokenKernelArgs kernel = KernelArgsOf(in args);
        kernel.States = Present(kernel.States);
        kernel.RowStates = Present(kernel.RowStates);
        kernel.Least = Present(kernel.Least);
        kernel.RaceKeys = Present(kernel.RaceKeys);
        kernel.RaceTokens = Present(kernel.RaceTokens);
        kernel.Shared = Present(in kernel.Shared);
        foreach (TokenStep step in Enum.GetValues<TokenStep>())
        {
            Launch(stream, TokenKernelFor(step, shape), groups: 1, in kernel);
        }
    }

    /// <summary>The kernels of the token tilt.</summary>
    private static IEnumerable<DeviceKernel> TokenKernels()
    {
        foreach (TokenStep step in Enum.GetValues<TokenStep>())
        {
            TeamKind kind = step is TokenStep.Threshold or TokenStep.Top ? TeamKind.Group : TeamKind.Warp;
            string name = $"Token{step}";
            yield return Describe(name, kind, shuffles: true, TokenKernelFor(step, DeviceShape.Shuffles));
            yield return Describe(name, kind, shuffles: false, TokenKernelFor(step, DeviceShape.SharedMemory));
            yield return Describe(name, TeamKind.One, shuffles: false, TokenKernelFor(step, DeviceShape.Alone));
        }
    }

    private static Action<TokenKernelArgs> TokenKernelFor(TokenStep step, DeviceShape shape) => (step, shape) switch
    {
        (TokenStep.Threshold, DeviceShape.Shuffles) => TokenThresholdKernel<ShuffleWarp, TeamGroup>.Run,
        (TokenStep.Threshold, DeviceShape.SharedMemory) => TokenThresholdKernel<SharedWarp, TeamGroup>.Run,
        (TokenStep.Threshold, _) => TokenThresholdKernel<NoWarp, TeamOne>.Run,
        (TokenStep.Segments, DeviceShape.Shuffles) => TokenSegmentsKernel<ShuffleWarp, Team32, Off>.Run,
        (TokenStep.Segments, DeviceShape.SharedMemory) => TokenSegmentsKernel<SharedWarp, Team32, Off>.Run,
        (TokenStep.Segments, _) => TokenSegmentsKernel<NoWarp, TeamOne, Off>.Run,
        (TokenStep.TiltedSegments, DeviceShape.Shuffles) => TokenSegmentsKernel<ShuffleWarp, Team32, On>.Run,
        (TokenStep.TiltedSegments, DeviceShape.SharedMemory) => TokenSegmentsKernel<SharedWarp, Team32, On>.Run,
        (TokenStep.TiltedSegments, _) => TokenSegmentsKernel<NoWarp, TeamOne, On>.Run,
        (TokenStep.Rows, DeviceShape.Shuffles) => TokenRowsKernel<ShuffleWarp, Team32>.Run,
        (TokenStep.Rows, DeviceShape.SharedMemory) => TokenRowsKernel<SharedWarp, Team32>.Run,
        (TokenStep.Rows, _) => TokenRowsKernel<NoWarp, TeamOne>.Run,
        (TokenStep.Draws, DeviceShape.Shuffles) => TokenDrawsKernel<ShuffleWarp, Team32>.Run,
        (TokenStep.Draws, DeviceShape.SharedMemory) => TokenDrawsKernel<SharedWarp, Team32>.Run,
        (TokenStep.Draws, _) => TokenDrawsKernel<NoWarp, TeamOne>.Run,
        (TokenStep.Ranks, DeviceShape.Shuffles) => TokenRanksKernel<ShuffleWarp, Team32>.Run,
        (TokenStep.Ranks, DeviceShape.SharedMemory) => TokenRanksKernel<SharedWarp, Team32>.Run,
        (TokenStep.Ranks, _) => TokenRanksKernel<NoWarp, TeamOne>.Run,
        (TokenStep.Top, DeviceShape.Shuffles) => TokenTopKernel<ShuffleWarp, TeamGroup>.Run,
        (TokenStep.Top, DeviceShape.SharedMemory) => TokenTopKernel<SharedWarp, TeamGroup>.Run,
        (TokenStep.Top, _) => TokenTopKernel<NoWarp, TeamOne>.Run,
        (TokenStep.Write, DeviceShape.Shuffles) => TokenWriteKernel<ShuffleWarp, Team32>.Run,
        (TokenStep.Write, DeviceShape.SharedMemory) => TokenWriteKernel<SharedWarp, Team32>.Run,
        _ => TokenWriteKernel<NoWarp, TeamOne>.Run,
    };
}
