using SoftBoN.Kernels.Tests.TokenTilt;

namespace SoftBoN.Kernels.Tests.Devices;

/// <summary>
/// Rows of an odd number of tokens in device memory, which start at any place between two multiples of four elements.
/// </summary>
public sealed class TokenRowStartsTests
{
    private const int Rows = 5;

    [Theory]
    [OnBackend(SoftBonBackend.IlgpuCpu)]
    [OnBackend(SoftBonBackend.OpenCl)]
    [OnBackend(SoftBonBackend.Cuda)]
    public void Return_what_they_return_elsewhere(SoftBonBackend backend)
    {
        foreach (int columns in new[] { 3, 4, 5, DeviceBackends.Scale(backend, 2051, 71) })
        {
            float[] values = new RandomRewards((ulong)(681 + columns)).Row(Rows * columns);
            Half[] halves = Array.ConvertAll(values, value => (Half)value);
            ushort[] bfloats = Array.ConvertAll(values, value => (ushort)(BitConverter.SingleToUInt32Bits(value) >> 16));
            SoftBonEngine engine = TokenEngines.One(backend);
            using DeviceBuffer<float> wide = engine.BufferOf(values);
            using DeviceBuffer<Half> half = engine.BufferOf(halves);
            using DeviceBuffer<ushort> narrow = engine.BufferOf(bfloats);

            // Each format is once the logits', and once the rewards' of another.
            AssertSame(
                engine,
                DeviceTokenMatrix.Of(wide, Rows, columns),
                DeviceTokenMatrix.Of(half, Rows, columns),
                TokenMatrix.Of(values, Rows, columns),
                TokenMatrix.Of(halves, Rows, columns));
            AssertSame(
                engine,
                DeviceTokenMatrix.Of(half, Rows, columns),
                DeviceTokenMatrix.OfBFloat16(narrow, Rows, columns),
                TokenMatrix.Of(halves, Rows, columns),
                TokenMatrix.OfBFloat16(bfloats, Rows, columns));
            AssertSame(
                engine,
                DeviceTokenMatrix.OfBFloat16(narrow, Rows, columns),
                DeviceTokenMatrix.Of(wide, Rows, columns),
                TokenMatrix.OfBFloat16(bfloats, Rows, columns),
                TokenMatrix.Of(values, Rows, columns));
        }
    }

    private static void AssertSame(
        SoftBonEngine engine,
        DeviceTokenMatrix logits,
        DeviceTokenMatrix rewards,
        TokenMatrix hostLogits,
        TokenMatrix hostRewards)
    {
        int[] expected = new int[Rows];
        float[] sums = new float[Rows];
        Engines.Reference.TiltTokens(
            hostLogits,
            new() { Rewards = hostRewards, Lambda = 0.5f, Seed = 4, Noise = TokenNoise.PerToken },
            new() { Token = expected, LogSumExp = sums });
        using DeviceBuffer<int> tokens = engine.CreateBuffer<int>(Rows);
        using DeviceBuffer<float> deviceSums = engine.CreateBuffer<float>(Rows);
        using SoftBonQueue queue = engine.CreateQueue();
        queue.TiltTokens(
            logits,
            new() { Rewards = rewards, Lambda = 0.5f, Seed = 4, Noise = TokenNoise.PerToken },
            new() { Token = tokens, LogSumExp = deviceSums });
        queue.Synchronize();

        Assert.Equal(expected, tokens.Read());
        Bitwise.Same(sums, deviceSums.Read(), $"{hostLogits.Columns} tokens");
    }
}
