using System.Runtime.CompilerServices;

namespace SoftBoN.Kernels.Native;

/// <summary>The functions of softbon.h.</summary>
internal static unsafe class Exports
{
    private const int Abi = 1;

    /// <summary>Where C finds the version's text, for the process's life.</summary>
    private static readonly byte* VersionText = (byte*)Marshal.StringToCoTaskMemUTF8(
        typeof(SoftBonEngine).Assembly.GetName().Version!.ToString(fieldCount: 3));

    [UnmanagedCallersOnly(EntryPoint = "softbon_abi", CallConvs = [typeof(CallConvCdecl)])]
    internal static int AbiVersion() => Abi;

    [UnmanagedCallersOnly(EntryPoint = "softbon_version", CallConvs = [typeof(CallConvCdecl)])]
    internal static byte* Version() => VersionText;

    [UnmanagedCallersOnly(EntryPoint = "softbon_last_error", CallConvs = [typeof(CallConvCdecl)])]
    internal static byte* LastErrorText() => LastError.Text;

    [UnmanagedCallersOnly(EntryPoint = "softbon_engine_create", CallConvs = [typeof(CallConvCdecl)])]
    internal static int EngineCreate(EngineArgs* options, ulong* engine) =>
        NativeCall.Make(options, "softbon_engine_options", engine, "engine", &Engines.Create);

    [UnmanagedCallersOnly(EntryPoint = "softbon_engine_destroy", CallConvs = [typeof(CallConvCdecl)])]
    internal static int EngineDestroy(ulong engine) => NativeCall.End(engine, &Engines.Destroy);

    [UnmanagedCallersOnly(EntryPoint = "softbon_plan_create", CallConvs = [typeof(CallConvCdecl)])]
    internal static int PlanCreate(PlanArgs* args, ulong* plan) =>
        NativeCall.Make(args, "softbon_plan_args", plan, "plan", &Plans.Create);

    [UnmanagedCallersOnly(EntryPoint = "softbon_plan_destroy", CallConvs = [typeof(CallConvCdecl)])]
    internal static int PlanDestroy(ulong plan) => NativeCall.End(plan, &Plans.Destroy);

    [UnmanagedCallersOnly(EntryPoint = "softbon_select", CallConvs = [typeof(CallConvCdecl)])]
    internal static int Select(ulong engine, SelectArgs* args) =>
        NativeCall.Run(engine, args, "softbon_select_args", &SelectArgs.Run);

    [UnmanagedCallersOnly(EntryPoint = "softbon_weights", CallConvs = [typeof(CallConvCdecl)])]
    internal static int Weights(ulong engine, WeightsArgs* args) =>
        NativeCall.Run(engine, args, "softbon_weights_args", &WeightsArgs.Run);

    [UnmanagedCallersOnly(EntryPoint = "softbon_majority", CallConvs = [typeof(CallConvCdecl)])]
    internal static int Majority(ulong engine, MajorityArgs* args) =>
        NativeCall.Run(engine, args, "softbon_majority_args", &MajorityArgs.Run);

    [UnmanagedCallersOnly(EntryPoint = "softbon_tilt", CallConvs = [typeof(CallConvCdecl)])]
    internal static int Tilt(ulong engine, TiltArgs* args) =>
        NativeCall.Run(engine, args, "softbon_tilt_args", &TiltArgs.Run);

    [UnmanagedCallersOnly(EntryPoint = "softbon_score", CallConvs = [typeof(CallConvCdecl)])]
    internal static int Score(ulong engine, ScoreArgs* args) =>
        NativeCall.Run(engine, args, "softbon_score_args", &ScoreArgs.Run);

    [UnmanagedCallersOnly(EntryPoint = "softbon_run", CallConvs = [typeof(CallConvCdecl)])]
    internal static int Run(ulong engine, RunArgs* args) =>
        NativeCall.Run(engine, args, RunArgs.Type, &RunArgs.Run);
}
