namespace SoftBoN.Kernels.Tests.Devices;

/// <summary>Arrays to device memory, and back.</summary>
internal static class DeviceArrays
{
    public static DeviceBuffer<T> BufferOf<T>(this SoftBonEngine engine, T[] values)
        where T : unmanaged
    {
        DeviceBuffer<T> buffer = engine.CreateBuffer<T>(values.Length);
        buffer.CopyFrom(values);
        return buffer;
    }

    public static T[] Read<T>(this DeviceBuffer<T> buffer)
        where T : unmanaged
    {
        var values = new T[buffer.Length];
        buffer.CopyTo(values);
        return values;
    }
}
