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

    /// <summary>Makes something that callers hold by a number; no arguments are those of zero where that will do.</summary>
    public static int Make<T>(T* given, string type, ulong* number, string name, delegate*<in T, ulong> maker)
        where T : unmanaged
    {
        try
        {
            if (number == null)
            {
                NativeFault.Argument($"{name} is null; pass the address of a softbon_{name}.");
            }

            *number = 0;
            T args = given == null ? default : Read(given, type);
            *number = maker(in args);
            return (int)NativeStatus.Ok;
        }
        catch (Exception fault) when (Tell(fault) is { } status)
        {
            return (int)status;
        }
    }

    /// <summary>Ends something that callers hold by a number.</summary>
    public static int End(ulong number, delegate*<ulong, void> end)
    {
        try
        {
            end(number);
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
