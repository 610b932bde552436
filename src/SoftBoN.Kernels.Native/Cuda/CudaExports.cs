using System.Runtime.CompilerServices;
using SoftBoN.Kernels.Cuda;

namespace SoftBoN.Kernels.Native.Cuda;

/// <summary>The functions of softbon.h for a CUDA context of the host.</summary>
internal static unsafe class CudaExports
{
    private const string SelectType = "softbon_select_args";
    private const string WeightsType = "softbon_weights_args";

    [UnmanagedCallersOnly(EntryPoint = "softbon_cuda_attach", CallConvs = [typeof(CallConvCdecl)])]
    internal static int Attach(CudaArgs* options, ulong* cuda)
    {
        try
        {
            if (cuda == null)
            {
                NativeFault.Argument("cuda is null; pass the address of a softbon_cuda.");
            }

            *cuda = 0;
            *cuda = Attached.Attach(options == null ? default : NativeCall.Read(options, "softbon_cuda_options"));
            return (int)NativeStatus.Ok;
        }
        catch (Exception fault) when (NativeCall.Tell(fault) is { } status)
        {
            return (int)status;
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "softbon_cuda_detach", CallConvs = [typeof(CallConvCdecl)])]
    internal static int Detach(ulong cuda)
    {
        try
        {
            Attached.Detach(cuda);
            return (int)NativeStatus.Ok;
        }
        catch (Exception fault) when (NativeCall.Tell(fault) is { } status)
        {
            return (int)status;
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "softbon_cuda_set_stream", CallConvs = [typeof(CallConvCdecl)])]
    internal static int SetStream(ulong cuda, nint stream) =>
        Attached.Use(cuda, stream, &SetStream);

    [UnmanagedCallersOnly(EntryPoint = "softbon_cuda_load", CallConvs = [typeof(CallConvCdecl)])]
    internal static int Load(ulong cuda, int kernels) => Attached.Use(cuda, kernels, &Load);

    [UnmanagedCallersOnly(EntryPoint = "softbon_cuda_reserve", CallConvs = [typeof(CallConvCdecl)])]
    internal static int Reserve(ulong cuda, long bytes) => Attached.Use(cuda, bytes, &Reserve);

    [UnmanagedCallersOnly(EntryPoint = "softbon_cuda_use_workspace", CallConvs = [typeof(CallConvCdecl)])]
    internal static int UseWorkspace(ulong cuda, nuint address, long bytes) =>
        Attached.Use(cuda, (address, bytes), &UseWorkspace);

    [UnmanagedCallersOnly(EntryPoint = "softbon_cuda_select_workspace", CallConvs = [typeof(CallConvCdecl)])]
    internal static int SelectWorkspace(SelectArgs* args, long* bytes)
    {
        try
        {
            CheckResult(bytes);
            *bytes = SoftBonCuda.WorkspaceBytes(CudaCalls.SelectionOf(NativeCall.Read(args, SelectType)));
            return (int)NativeStatus.Ok;
        }
        catch (Exception fault) when (NativeCall.Tell(fault) is { } status)
        {
            return (int)status;
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "softbon_cuda_weights_workspace", CallConvs = [typeof(CallConvCdecl)])]
    internal static int WeightsWorkspace(WeightsArgs* args, long* bytes)
    {
        try
        {
            CheckResult(bytes);
            *bytes = SoftBonCuda.WorkspaceBytes(CudaCalls.WeightsOf(NativeCall.Read(args, WeightsType)));
            return (int)NativeStatus.Ok;
        }
        catch (Exception fault) when (NativeCall.Tell(fault) is { } status)
        {
            return (int)status;
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "softbon_cuda_select", CallConvs = [typeof(CallConvCdecl)])]
    internal static int Select(ulong cuda, SelectArgs* args) => Attached.Use(cuda, (nint)args, &Select);

    [UnmanagedCallersOnly(EntryPoint = "softbon_cuda_weights", CallConvs = [typeof(CallConvCdecl)])]
    internal static int Weights(ulong cuda, WeightsArgs* args) => Attached.Use(cuda, (nint)args, &Weights);

    private static void SetStream(SoftBonCuda cuda, nint stream) => cuda.Stream = stream;

    private static void Load(SoftBonCuda cuda, int kernels) => cuda.Load((CudaKernels)kernels);

    private static void Reserve(SoftBonCuda cuda, long bytes) => cuda.Reserve(bytes);

    private static void UseWorkspace(SoftBonCuda cuda, (nuint Address, long Bytes) workspace) =>
        cuda.UseWorkspace(workspace.Address, workspace.Bytes);

    private static void Select(SoftBonCuda cuda, nint args) =>
        cuda.Select(CudaCalls.SelectionOf(NativeCall.Read((SelectArgs*)args, SelectType)));

    private static void Weights(SoftBonCuda cuda, nint args) =>
        cuda.SoftWeights(CudaCalls.WeightsOf(NativeCall.Read((WeightsArgs*)args, WeightsType)));

    private static void CheckResult(long* bytes)
    {
        if (bytes == null)
        {
            NativeFault.Argument("bytes is null; pass the address of an int64_t.");
        }
    }
}
