namespace SoftBoN.Kernels.Native;

/// <summary>What every call does: reads arguments of any version, and turns exceptions into statuses and words.</summary>
internal static unsafe class NativeCall
{
    /// <summary>Runs an operation of an engine.</summary>
    public static int Run<T>(ulong engine, T* given, string type, delegate*<SoftBonEngine, in T, void> operation)
        where T : unmanaged
    {
        try
        {
            T args = Read(given, type);
            operation(Engines.At(engine), in args);
            return (int)NativeStatus.Ok;
        }
        catch (Exception fault) when (Tell(fault) is { } status)
        {
            return (int)status;
        }
    }

    /// <summary>Keeps a fault's words, and says what status it is; never null, so that it serves as a filter.</summary>
    public static NativeStatus? Tell(Exception fault)
    {
        NativeStatus status = NativeFault.StatusOf(fault);
        LastError.Set(status == NativeStatus.Internal ? fault.ToString() : fault.Message);
        return status;
    }

    /// <summary>
    /// Arguments that start with their size. What a caller's older header lacks is absent; what a newer one has beyond this
    /// library's must be absent.
    /// </summary>
    public static T Read<T>(T* given, string type)
        where T : unmanaged
    {
        if (given == null)
        {
            NativeFault.Argument($"The arguments are null; pass the address of a {type}.");
        }

        uint size = *(uint*)given;
        if (size < sizeof(T))
        {
            NativeFault.Argument(
                $"size is {size}, and the first {type} had {sizeof(T)} bytes; zero the struct and set size to its sizeof.");
        }

        byte* beyond = (byte*)given + sizeof(T);
        if (new ReadOnlySpan<byte>(beyond, checked((int)(size - sizeof(T)))).ContainsAnyExcept((byte)0))
        {
            NativeFault.Unsupported(
                $"size is {size}, and a field of {type} beyond the {sizeof(T)} bytes that this library knows is set; leave it "
                + "zero, or install a newer library.");
        }

        return *given;
    }
}
