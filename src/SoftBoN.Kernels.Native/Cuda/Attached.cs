using SoftBoN.Kernels.Cuda;

namespace SoftBoN.Kernels.Native.Cuda;

/// <summary>What is attached to contexts, by the numbers that callers hold.</summary>
internal static unsafe class Attached
{
    private static readonly Handles<AttachedCuda> All = new("softbon_cuda", "detached", "softbon_cuda_attach");

    public static ulong Attach(in CudaArgs args)
    {
        SoftBonCudaOptions? options = args.Driver == null
            ? null
            : new SoftBonCudaOptions { Driver = Marshal.PtrToStringUTF8((nint)args.Driver)! };
        return All.Add(new AttachedCuda(SoftBonCuda.Attach(args.Context, args.Stream, options)));
    }

    public static void Detach(ulong number)
    {
        if (All.Take(number) is { } attached)
        {
            lock (attached)
            {
                attached.Cuda.Dispose();
            }
        }
    }

    /// <summary>Does something with what is attached, one thread at a time, and says how that went.</summary>
    public static int Use<T>(ulong number, T value, delegate*<AttachedCuda, T, void> action)
    {
        try
        {
            AttachedCuda attached = All.At(number);
            lock (attached)
            {
                action(attached, value);
            }

            return (int)NativeStatus.Ok;
        }
        catch (Exception fault) when (NativeCall.Tell(fault) is { } status)
        {
            return (int)status;
        }
    }
}
