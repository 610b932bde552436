extern alias ilgpu;
extern alias ops;

using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ilgpu::ILGPU;
using ilgpu::ILGPU.Backends;
using ilgpu::ILGPU.Backends.EntryPoints;
using ilgpu::ILGPU.Runtime;
using ilgpu::ILGPU.Runtime.CPU;
using ops::SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Cuda.Tests;

/// <summary>
/// Does what a GPU would do with the launches that the fake driver gets: the kernel whose text was launched runs on ILGPU's CPU
/// accelerator, on that grid, with the bytes that were passed. Device memory is a part of this process's.
/// </summary>
internal sealed unsafe class KernelPlayer : IDisposable
{
    /// <summary>Each thread of a group is one of the system's: a warp, and no more.</summary>
    public const int Threads = 32;

    private const int Bytes = 64 << 20;

    /// <summary>The last part of it, which the driver gives out.</summary>
    private const int HeapBytes = 8 << 20;
    private const int Alignment = 256;

    private static KernelPlayer? current;

    private readonly Context context;
    private readonly Accelerator accelerator;
    private readonly MemoryBuffer1D<byte, Stride1D.Dense> memory;
    private readonly Dictionary<string, Action<KernelConfig, nint>> loaded = [];
    private readonly nuint start;
    private long taken;
    private Exception? fault;

    public KernelPlayer()
    {
        context = Context.Create(builder =>
        {
            DevicePrograms.Configure(builder);
            builder.CPU(new CPUDevice(32, Threads / 32, 1));
        });
        DevicePrograms.Register(context);
        accelerator = context.Devices[0].CreateAccelerator(context);
        memory = accelerator.Allocate1D<byte>(Bytes);
        start = (nuint)memory.NativePtr;
        Clear();
        current = this;
        FakeDriver.OnLaunch(&Play);
        FakeDriver.Heap(start + Bytes - HeapBytes, HeapBytes);
    }

    public void Dispose()
    {
        FakeDriver.OnLaunch(null);
        current = null;
        memory.Dispose();
        accelerator.Dispose();
        context.Dispose();
    }

    /// <summary>Gives all memory back.</summary>
    public void Clear() => taken = (long)((Alignment - (start % Alignment)) % Alignment);

    /// <summary>Memory of the device, filled with what is no result.</summary>
    public nuint Take(long bytes)
    {
        nuint address = start + (nuint)taken;
        taken += (bytes + Alignment - 1) / Alignment * Alignment;
        Assert.InRange(taken, 0, Bytes - HeapBytes);
        new Span<byte>((void*)address, (int)bytes).Fill(0xa5);
        return address;
    }

    /// <summary>A copy of an array in device memory; 0 of an empty one.</summary>
    public nuint Put<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        if (values.IsEmpty)
        {
            return 0;
        }

        nuint address = Take(values.Length * (long)sizeof(T));
        values.CopyTo(new Span<T>((void*)address, values.Length));
        return address;
    }

    /// <summary>What lies in device memory.</summary>
    public static T[] Get<T>(nuint address, int count)
        where T : unmanaged => new ReadOnlySpan<T>((void*)address, count).ToArray();

    /// <summary>Throws where a kernel did.</summary>
    public void Check()
    {
        if (fault is { } seen)
        {
            fault = null;
            throw new InvalidOperationException("A kernel failed.", seen);
        }
    }

    [UnmanagedCallersOnly]
    private static void Play(ulong text, uint* grid, uint threads, byte* argument)
    {
        KernelPlayer player = current!;
        try
        {
            string name = FakeDriver.KernelOf(text);
            if (!player.loaded.TryGetValue(name, out Action<KernelConfig, nint>? launch))
            {
                launch = player.Load(name);
                player.loaded.Add(name, launch);
            }

            var groups = new Index3D((int)grid[0], (int)grid[1], (int)grid[2]);
            launch(new KernelConfig(groups, new Index3D((int)threads, 1, 1)), (nint)argument);
        }
        catch (Exception seen)
        {
            player.fault ??= seen;
        }
    }

    private Action<KernelConfig, nint> Load(string name)
    {
        MethodInfo method = DevicePrograms.Kernels.Single(kernel => kernel.Name == name).Method;
        return (Action<KernelConfig, nint>)GetType()
            .GetMethod(nameof(Compile), BindingFlags.Instance | BindingFlags.NonPublic)!
            .MakeGenericMethod(method.GetParameters()[0].ParameterType)
            .Invoke(this, [method])!;
    }

    private Action<KernelConfig, nint> Compile<TArgs>(MethodInfo method)
        where TArgs : struct
    {
        CompiledKernel text = accelerator.CompileKernel(
            EntryPointDescription.FromExplicitlyGroupedKernel(method), new KernelSpecialization(Threads, null));
        var launch = accelerator.LoadKernel(text).CreateLauncherDelegate<Action<AcceleratorStream, KernelConfig, TArgs>>();
        return (config, argument) =>
        {
            launch(accelerator.DefaultStream, config, (TArgs)Read(typeof(TArgs), (byte*)argument));
            accelerator.Synchronize();
        };
    }

    /// <summary>A structure of the kernels' own from the bytes that were passed.</summary>
    private object Read(Type type, byte* bytes)
    {
        object value = RuntimeHelpers.GetUninitializedObject(type);
        foreach ((FieldInfo field, int offset) in ArgumentLayout.PlacesOf(type))
        {
            field.SetValue(value, ReadField(field.FieldType, bytes + offset));
        }

        return value;
    }

    private object ReadField(Type type, byte* bytes) => ArgumentLayout.IsView(type)
        ? ViewOf(type.GetGenericArguments()[0], *(nuint*)bytes, *(long*)(bytes + sizeof(nuint)))
        : type.IsPrimitive
            ? Marshal.PtrToStructure((nint)bytes, type)!
            : Read(type, bytes);

    private object ViewOf(Type element, nuint address, long length) => GetType()
        .GetMethod(nameof(View), BindingFlags.Instance | BindingFlags.NonPublic)!
        .MakeGenericMethod(element)
        .Invoke(this, [address, length])!;

    private ArrayView<T> View<T>(nuint address, long length)
        where T : unmanaged
    {
        if (length == 0)
        {
            return memory.View.BaseView.SubView(0, sizeof(T)).Cast<T>().SubView(0, 0);
        }

        Assert.InRange(address, start, start + Bytes - ((nuint)length * (nuint)sizeof(T)));
        return memory.View.BaseView.SubView((long)(address - start), length * sizeof(T)).Cast<T>();
    }
}
