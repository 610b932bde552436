using System.Diagnostics;
using System.Runtime.InteropServices;

namespace SoftBoN.Kernels.Cuda.Tests;

/// <summary>The driver of Native/fakecuda.c, compiled once by the machine's C compiler.</summary>
internal static unsafe class FakeDriver
{
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

    /// <summary>The launches since.</summary>
    public static string[] Launches =>
        [.. Record.Where(line => line.StartsWith("launch", StringComparison.Ordinal))];

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

    /// <summary>Has a function return an error.</summary>
    public static void Fail(string function, int result)
    {
        nint name = Marshal.StringToCoTaskMemUTF8(function);
        ((delegate* unmanaged<nint, int, void>)Find("fake_fail"))(name, result);
        Marshal.FreeCoTaskMem(name);
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
