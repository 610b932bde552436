namespace SoftBoN.Kernels;

/// <summary>A plan's head in the memory of an engine's device.</summary>
internal sealed class ResidentHead : IDisposable
{
    private readonly DeviceBuffer<float> weights;
    private readonly DeviceBuffer<float>? bias;
    private readonly DeviceBuffer<float>? mixture;

    public ResidentHead(EngineCore core, RewardSource source)
    {
        weights = Copy(core, source.PreparedWeights)!;
        bias = Copy(core, source.Bias);
        mixture = Copy(core, source.Mixture);
        Head = new DeviceRewardHead
        {
            Weights = DeviceTokenMatrix.Of(weights, source.Heads, source.Dimension, source.PreparedStride),
            Bias = bias == null ? default : bias.Slice(0, bias.Length),
        };
        Mixture = mixture == null ? default : mixture.Slice(0, mixture.Length);
    }

    public DeviceRewardHead Head { get; }

    /// <summary>Shares of all rows; empty where there are none.</summary>
    public DeviceSpan<float> Mixture { get; }

    public void Dispose()
    {
        weights.Dispose();
        bias?.Dispose();
        mixture?.Dispose();
    }

    /// <summary>A copy in the memory of an engine's device; null where there is nothing to copy.</summary>
    public static DeviceBuffer<T>? Copy<T>(EngineCore core, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        if (values.IsEmpty)
        {
            return null;
        }

        long bytes = values.Length * (long)System.Runtime.CompilerServices.Unsafe.SizeOf<T>();
        var buffer = new DeviceBuffer<T>(core.Allocate(bytes), values.Length);
        buffer.CopyFrom(values);
        return buffer;
    }
}
