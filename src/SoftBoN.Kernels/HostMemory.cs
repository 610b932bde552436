using System.Runtime.InteropServices;

namespace SoftBoN.Kernels;

/// <summary>Memory of the processor, outside of the garbage collector's.</summary>
internal sealed unsafe class HostMemory : EngineMemory, IHostAddress
{
    private const nuint Alignment = 64;

    public HostMemory(EngineCore core, long bytes)
        : base(core, bytes)
    {
        Pointer = (byte*)NativeMemory.AlignedAlloc((nuint)Math.Max(1, bytes), Alignment);
        GC.AddMemoryPressure(Math.Max(1, bytes));
    }

    public byte* Pointer { get; }

    byte* IHostAddress.Address => Pointer;

    public override void CopyFrom(void* source, long offset, long count) =>
        Buffer.MemoryCopy(source, Pointer + offset, count, count);

    public override void CopyTo(void* destination, long offset, long count) =>
        Buffer.MemoryCopy(Pointer + offset, destination, count, count);

    protected override void Free()
    {
        NativeMemory.AlignedFree(Pointer);
        GC.RemoveMemoryPressure(Math.Max(1, Bytes));
    }
}
