using System.Collections.Concurrent;
using SoftBoN.Kernels.Cuda;

namespace SoftBoN.Kernels.Native.Cuda;

/// <summary>What is attached to contexts, by the numbers that callers hold; none is given out twice.</summary>
internal static unsafe class Attached
{
    private static readonly ConcurrentDictionary<ulong, SoftBonCuda> All = new();
    private static ulong last;

    public static ulong Attach(in CudaArgs args)
    {
        SoftBonCudaOptions? options = args.Driver == null
            ? null
            : new SoftBonCudaOptions { Driver = Marshal.PtrToStringUTF8((nint)args.Driver)! };
        SoftBonCuda cuda = SoftBonCuda.Attach(args.Context, args.Stream, options);
        ulong number = Interlocked.Increment(ref last);
        All[number] = cuda;
        return number;
    }

    public static void Detach(ulong number)
    {
        if (number == 0)
        {
            return;
        }

        if (!All.TryRemove(number, out SoftBonCuda? cuda))
        {
            throw Missing(number);
        }

        lock (cuda)
        {
            cuda.Dispose();
        }
    }

    /// <summary>Does something with what is attached, one thread at a time, and says how that went.</summary>
    public static int Use<T>(ulong number, T value, delegate*<SoftBonCuda, T, void> action)
    {
        try
        {
            SoftBonCuda cuda = All.TryGetValue(number, out SoftBonCuda? found) ? found : throw Missing(number);
            lock (cuda)
            {
                action(cuda, value);
            }

            return (int)NativeStatus.Ok;
        }
        catch (Exception fault) when (NativeCall.Tell(fault) is { } status)
        {
            return (int)status;
        }
    }

    private static NativeFault Missing(ulong number) => new(
        NativeStatus.NoSuchEngine,
        $"There is no softbon_cuda {number}: it was detached, or never made; call softbon_cuda_attach.");
}
