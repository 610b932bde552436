using System.Runtime.CompilerServices;
using SoftBoN.Kernels.Cuda;

namespace SoftBoN.Kernels.Native.Cuda;

/// <summary>The functions of softbon.h for a CUDA context of the host.</summary>
internal static unsafe class CudaExports
{
    [UnmanagedCallersOnly(EntryPoint = "softbon_cuda_attach", CallConvs = [typeof(CallConvCdecl)])]
    internal static int Attach(CudaArgs* options, ulong* cuda) =>
        NativeCall.Make(options, "softbon_cuda_options", cuda, "cuda", &Attached.Attach);

    [UnmanagedCallersOnly(EntryPoint = "softbon_cuda_detach", CallConvs = [typeof(CallConvCdecl)])]
    internal static int Detach(ulong cuda) => NativeCall.End(cuda, &Attached.Detach);

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
    internal static int SelectWorkspace(ulong cuda, SelectArgs* args, long* bytes) =>
        Attached.Use(cuda, new Measured<SelectArgs>(args, bytes), &CudaOperations.Select);

    [UnmanagedCallersOnly(EntryPoint = "softbon_cuda_weights_workspace", CallConvs = [typeof(CallConvCdecl)])]
    internal static int WeightsWorkspace(ulong cuda, WeightsArgs* args, long* bytes) =>
        Attached.Use(cuda, new Measured<WeightsArgs>(args, bytes), &CudaOperations.Weights);

    [UnmanagedCallersOnly(EntryPoint = "softbon_cuda_majority_workspace", CallConvs = [typeof(CallConvCdecl)])]
    internal static int MajorityWorkspace(ulong cuda, MajorityArgs* args, long* bytes) =>
        Attached.Use(cuda, new Measured<MajorityArgs>(args, bytes), &CudaOperations.Majority);

    [UnmanagedCallersOnly(EntryPoint = "softbon_cuda_tilt_workspace", CallConvs = [typeof(CallConvCdecl)])]
    internal static int TiltWorkspace(ulong cuda, TiltArgs* args, long* bytes) =>
        Attached.Use(cuda, new Measured<TiltArgs>(args, bytes), &CudaOperations.Tilt);

    [UnmanagedCallersOnly(EntryPoint = "softbon_cuda_score_workspace", CallConvs = [typeof(CallConvCdecl)])]
    internal static int ScoreWorkspace(ulong cuda, ScoreArgs* args, long* bytes) =>
        Attached.Use(cuda, new Measured<ScoreArgs>(args, bytes), &CudaOperations.Score);

    [UnmanagedCallersOnly(EntryPoint = "softbon_cuda_run_workspace", CallConvs = [typeof(CallConvCdecl)])]
    internal static int RunWorkspace(ulong cuda, RunArgs* args, long* bytes) =>
        Attached.Use(cuda, new Measured<RunArgs>(args, bytes), &CudaOperations.Run);

    [UnmanagedCallersOnly(EntryPoint = "softbon_cuda_select", CallConvs = [typeof(CallConvCdecl)])]
    internal static int Select(ulong cuda, SelectArgs* args) =>
        Attached.Use(cuda, new Measured<SelectArgs>(args), &CudaOperations.Select);

    [UnmanagedCallersOnly(EntryPoint = "softbon_cuda_weights", CallConvs = [typeof(CallConvCdecl)])]
    internal static int Weights(ulong cuda, WeightsArgs* args) =>
        Attached.Use(cuda, new Measured<WeightsArgs>(args), &CudaOperations.Weights);

    [UnmanagedCallersOnly(EntryPoint = "softbon_cuda_majority", CallConvs = [typeof(CallConvCdecl)])]
    internal static int Majority(ulong cuda, MajorityArgs* args) =>
        Attached.Use(cuda, new Measured<MajorityArgs>(args), &CudaOperations.Majority);

    [UnmanagedCallersOnly(EntryPoint = "softbon_cuda_tilt", CallConvs = [typeof(CallConvCdecl)])]
    internal static int Tilt(ulong cuda, TiltArgs* args) =>
        Attached.Use(cuda, new Measured<TiltArgs>(args), &CudaOperations.Tilt);

    [UnmanagedCallersOnly(EntryPoint = "softbon_cuda_score", CallConvs = [typeof(CallConvCdecl)])]
    internal static int Score(ulong cuda, ScoreArgs* args) =>
        Attached.Use(cuda, new Measured<ScoreArgs>(args), &CudaOperations.Score);

    [UnmanagedCallersOnly(EntryPoint = "softbon_cuda_run", CallConvs = [typeof(CallConvCdecl)])]
    internal static int Run(ulong cuda, RunArgs* args) =>
        Attached.Use(cuda, new Measured<RunArgs>(args), &CudaOperations.Run);

    private static void SetStream(AttachedCuda attached, nint stream) => attached.Cuda.Stream = stream;

    private static void Load(AttachedCuda attached, int kernels) => attached.Cuda.Load((CudaKernels)kernels);

    private static void Reserve(AttachedCuda attached, long bytes) => attached.Cuda.Reserve(bytes);

    private static void UseWorkspace(AttachedCuda attached, (nuint Address, long Bytes) workspace) =>
        attached.Cuda.UseWorkspace(workspace.Address, workspace.Bytes);
}
