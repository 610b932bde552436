using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using SoftBoN.Kernels.Cuda.Launching;

namespace SoftBoN.Kernels.Cuda.Tests;

/// <summary>The driver of Native/fakecuda.c, compiled once by the machine's C compiler.</summary>
internal static unsafe class FakeDriver
{
    /// <summary>Tests of one collection take turns: a process has one driver.</summary>
    public const string Collection = "fake driver";

    /// <summary>A context that the tests call the host's.</summary>
    public const nint Context = 0x5000;

    private static readonly Lazy<string?> Compiled = new(() => Compile("libfakecuda.so"));
    private static readonly Lazy<string?> CompiledWithoutLaunch =
        new(() => Compile("libfakecuda-without-launch.so", "-DFAKE_WITHOUT_LAUNCH"));

    /// <summary>Why there is none; null where there is.</summary>
    public static string? Obstacle => Compiled.Value == null ? "no C compiler: install gcc or clang as cc" : null;

    public static string Path => Compiled.Value!;

    public static string PathWithoutLaunch => CompiledWithoutLaunch.Value!;

    /// <summary>What was called since, a line each.</summary>
    public static string[] Record =>
        Marshal.PtrToStringUTF8(((delegate* unmanaged<nint>)Find("fake_record"))())!
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The launches since, with the names of the kernels whose texts were launched.</summary>
    public static string[] Launches =>
        [.. Record.Where(line => line.StartsWith("launch", StringComparison.Ordinal)).Select(Named)];

    /// <summary>The kernels that were launched since.</summary>
    public static string[] Kernels => [.. Launches.Select(line => line.Split(' ')[1])];

    /// <summary>How many contexts are on the thread's stack.</summary>
    public static int Depth => ((delegate* unmanaged<int>)Find("fake_depth"))();

    /// <summary>The bytes of the last launch's argument.</summary>
    public static byte[] Arguments
    {
        get
        {
            int bytes;
            byte* start = ((delegate* unmanaged<int*, byte*>)Find("fake_arguments"))(&bytes);
            return new ReadOnlySpan<byte>(start, bytes).ToArray();
        }
    }

    /// <summary>Forgets everything, and makes a context current.</summary>
    public static void Reset(nint current) => ((delegate* unmanaged<nint, void>)Find("fake_reset"))(current);

    public static void Clear() => ((delegate* unmanaged<void>)Find("fake_clear"))();

    public static void Destroy(nint context) => ((delegate* unmanaged<nint, void>)Find("fake_destroy"))(context);

    /// <summary>Begins or ends a capture, in which what captures forbid fails.</summary>
    public static void Capture(bool on) => ((delegate* unmanaged<int, void>)Find("fake_capture"))(on ? 1 : 0);

    /// <summary>Sets how many multiprocessors the device has.</summary>
    public static void Multiprocessors(int count) =>
        ((delegate* unmanaged<int, void>)Find("fake_multiprocessors"))(count);

    /// <summary>Has something done at every launch: memory is memory from then on.</summary>
    public static void OnLaunch(delegate* unmanaged<ulong, uint*, uint, byte*, void> callback) =>
        ((delegate* unmanaged<delegate* unmanaged<ulong, uint*, uint, byte*, void>, void>)Find("fake_on_launch"))(callback);

    /// <summary>Says which memory is given out from then on.</summary>
    public static void Heap(nuint start, nuint bytes) =>
        ((delegate* unmanaged<nuint, nuint, void>)Find("fake_heap"))(start, bytes);

    /// <summary>The kernel that has a text of a hash.</summary>
    public static string KernelOf(ulong hash) => ByHash.Value[hash];

    /// <summary>Has a function return an error.</summary>
    public static void Fail(string function, int result)
    {
        nint name = Marshal.StringToCoTaskMemUTF8(function);
        ((delegate* unmanaged<nint, int, void>)Find("fake_fail"))(name, result);
        Marshal.FreeCoTaskMem(name);
    }

    private static readonly Lazy<Dictionary<ulong, string>> ByHash = new(() => PtxTexts.Names.ToDictionary(HashOf));

    private static ulong HashOf(string kernel)
    {
        ulong hash = 14695981039346656037;
        foreach (byte letter in PtxTexts.Of(kernel).Text.AsSpan(..^1))
        {
            hash = (hash ^ letter) * 1099511628211;
        }

        return hash;
    }

    private static string Named(string launch)
    {
        string[] words = launch.Split(' ');
        string name = KernelOf(ulong.Parse(words[3], NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        return string.Join(' ', ["launch", name, .. words[4..]]);
    }

    private static nint Find(string name) => NativeLibrary.GetExport(NativeLibrary.Load(Path), name);

    private static string? Compile(string name, params string[] flags)
    {
        string library = System.IO.Path.Combine(AppContext.BaseDirectory, name);
        string source = System.IO.Path.Combine(AppContext.BaseDirectory, "Native", "fakecuda.c");
        try
        {
            using Process compiler = Process.Start(
                "cc", ["-shared", "-fPIC", "-Wall", "-Wextra", "-Werror", .. flags, "-o", library, source]);
            compiler.WaitForExit();
            return compiler.ExitCode == 0 ? library : throw new InvalidOperationException($"cc failed on {source}.");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}

/// <summary>A test that needs the fake driver.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FakeDriverFactAttribute : FactAttribute
{
    public FakeDriverFactAttribute() => Skip = FakeDriver.Obstacle;
}

/// <summary>A test with data that needs the fake driver.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FakeDriverTheoryAttribute : TheoryAttribute
{
    public FakeDriverTheoryAttribute() => Skip = FakeDriver.Obstacle;
}
