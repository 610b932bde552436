using System.Reflection;
using ILGPU;
using ILGPU.Backends.OpenCL;
using ILGPU.Backends.PTX;
using ILGPU.Frontend;
using ILGPU.Frontend.Intrinsic;
using ILGPU.IR;
using ILGPU.IR.Intrinsics;
using ILGPU.IR.Values;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>
/// What the arithmetic calls marked <see cref="IntrinsicImplementationAttribute"/> become on a device. PTX's own fma and
/// mul are rounded once and never contracted; OpenCL C has fma alone, and a product is one with -0 added, which changes
/// nothing, not even the sign of a zero. Bits and divisions are replaced earlier, when a kernel's code is read.
/// </summary>
internal static class DeviceIntrinsics
{
    /// <summary>Replacements of whole functions are known to the process, not to a context.</summary>
    private static readonly Lazy<bool> Remapped = new(Remap);

    /// <summary>Registers all of them with a context.</summary>
    public static void Register(Context context)
    {
        IntrinsicImplementationManager manager = context.GetIntrinsicManager();
        Generate(manager, Of(Arith.Fma), nameof(PtxFma), nameof(OpenCLFma));
        Generate(manager, Of(Arith.Mul), nameof(PtxMul), nameof(OpenCLMul));
        Generate(manager, Of<uint, uint, ulong>(Arith.MulWide), nameof(PtxMulWide), nameof(OpenCLMulWide));
        Generate(manager, ((Action)LocalFence).Method, nameof(PtxFence), nameof(OpenCLFence));
        _ = Remapped.Value;
    }

    /// <summary>All threads of a group wait for each other, and see what the others wrote, to whatever memory.</summary>
    /// <remarks>The barrier that OpenCL C gets is one for global memory alone.</remarks>
    public static void Barrier()
    {
        LocalFence();
        Group.Barrier();
        LocalFence();
    }

    [IntrinsicImplementation]
    private static void LocalFence()
    {
    }

    private static bool Remap()
    {
        Replace(Of<float, uint>(Bits.Of), Of<float, uint>(FloatBits));
        Replace(Of<uint, float>(Bits.ToFloat), Of<uint, float>(FloatOfBits));
        Replace(Of<float, float>(Division.Rcp), Of<float, float>(DivisionByFma.Rcp));
        Replace(Of<float, float, float>(Division.Div), Of<float, float, float>(DivisionByFma.Div));
        Replace(Of<float, float>(Division.Sqrt), Of<float, float>(DivisionByFma.Sqrt));
        return true;
    }

    private static uint FloatBits(float x) => Interop.FloatAsInt(x);

    private static float FloatOfBits(uint bits) => Interop.IntAsFloat(bits);

    private static void PtxFma(PTXBackend backend, PTXCodeGenerator code, Value value) =>
        Ptx(code, value, "fma.rn.f32", 3);

    private static void PtxMul(PTXBackend backend, PTXCodeGenerator code, Value value) =>
        Ptx(code, value, "mul.rn.f32", 2);

    private static void PtxMulWide(PTXBackend backend, PTXCodeGenerator code, Value value) =>
        Ptx(code, value, "mul.wide.u32", 2);

    private static void Ptx(PTXCodeGenerator code, Value value, string instruction, int operands)
    {
        var call = (MethodCall)value;
        var sources = new PTXRegisterAllocator.PrimitiveRegister[operands];
        for (int i = 0; i < operands; i++)
        {
            sources[i] = code.LoadPrimitive(call[i]);
        }

        PTXRegisterAllocator.HardwareRegister target = code.AllocateHardware(value);
        using PTXCodeGenerator.CommandEmitter command = code.BeginCommand(instruction);
        command.AppendArgument(target);
        foreach (PTXRegisterAllocator.PrimitiveRegister source in sources)
        {
            command.AppendArgument(source);
        }
    }

    /// <summary>Nothing: a barrier of PTX is one for all memory.</summary>
    private static void PtxFence(PTXBackend backend, PTXCodeGenerator code, Value value)
    {
    }

    private static void OpenCLFence(CLBackend backend, CLCodeGenerator code, Value value)
    {
        using CLCodeGenerator.StatementEmitter statement = code.BeginStatement(
            "atomic_work_item_fence(CLK_LOCAL_MEM_FENCE, memory_order_acq_rel, memory_scope_work_group)");
    }

    private static void OpenCLFma(CLBackend backend, CLCodeGenerator code, Value value)
    {
        var call = (MethodCall)value;
        CLVariableAllocator.Variable a = code.Load(call[0]);
        CLVariableAllocator.Variable b = code.Load(call[1]);
        CLVariableAllocator.Variable c = code.Load(call[2]);
        using CLCodeGenerator.StatementEmitter statement = code.BeginStatement(code.Allocate(value));
        statement.AppendCommand("fma");
        statement.BeginArguments();
        statement.AppendArgument(a);
        statement.AppendArgument(b);
        statement.AppendArgument(c);
        statement.EndArguments();
    }

    private static void OpenCLMul(CLBackend backend, CLCodeGenerator code, Value value)
    {
        var call = (MethodCall)value;
        CLVariableAllocator.Variable a = code.Load(call[0]);
        CLVariableAllocator.Variable b = code.Load(call[1]);
        using CLCodeGenerator.StatementEmitter statement = code.BeginStatement(code.Allocate(value));
        statement.AppendCommand("fma");
        statement.BeginArguments();
        statement.AppendArgument(a);
        statement.AppendArgument(b);
        statement.AppendArgument();
        statement.AppendConstant(-0.0f);
        statement.EndArguments();
    }

    private static void OpenCLMulWide(CLBackend backend, CLCodeGenerator code, Value value)
    {
        var call = (MethodCall)value;
        CLVariableAllocator.Variable a = code.Load(call[0]);
        CLVariableAllocator.Variable b = code.Load(call[1]);
        using CLCodeGenerator.StatementEmitter statement = code.BeginStatement(code.Allocate(value));
        statement.AppendCommand("((ulong)(uint)");
        statement.AppendArgument(a);
        statement.AppendCommand(" * (ulong)(uint)");
        statement.AppendArgument(b);
        statement.AppendCommand(")");
    }

    private static void Generate(
        IntrinsicImplementationManager manager, MethodInfo method, string ptx, string openCL)
    {
        const IntrinsicImplementationMode Mode = IntrinsicImplementationMode.GenerateCode;
        manager.RegisterMethod(method, new PTXIntrinsic(typeof(DeviceIntrinsics), ptx, Mode));
        manager.RegisterMethod(method, new CLIntrinsic(typeof(DeviceIntrinsics), openCL, Mode));
    }

    private static void Replace(MethodInfo method, MethodInfo target) =>
        RemappedIntrinsics.AddRemapping(method, (ref InvocationContext context) => context.Method = target);

    private static MethodInfo Of(Func<float, float, float, float> function) => function.Method;

    private static MethodInfo Of(Func<float, float, float> function) => function.Method;

    private static MethodInfo Of<T, TResult>(Func<T, TResult> function) => function.Method;

    private static MethodInfo Of<T1, T2, TResult>(Func<T1, T2, TResult> function) => function.Method;
}
