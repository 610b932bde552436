using System.Collections.Concurrent;

namespace SoftBoN.Kernels.Native;

/// <summary>The options of a new engine (softbon_engine_options).</summary>
internal struct EngineArgs
{
    public uint Size;
    public int Backend;
    public int Threads;
    public int Reserved;
}

/// <summary>
/// Engines by the numbers that callers hold. A number is never given out twice, so that one of an engine that is gone is
/// seen for what it is.
/// </summary>
internal static class Engines
{
    private static readonly ConcurrentDictionary<ulong, SoftBonEngine> All = new();
    private static ulong last;

    public static ulong Create(in EngineArgs args)
    {
        const int Simd = 2;
        if (args.Backend is < 0 or > Simd)
        {
            NativeFault.Argument($"options.backend is {args.Backend}; pass 0 to {Simd}, a softbon_backend.");
        }

        if (args.Threads < 0)
        {
            NativeFault.Argument($"options.threads is {args.Threads}; pass at least 1, or 0 for all processors.");
        }

        SoftBonEngine engine = SoftBonEngine.CreateHost(new SoftBonOptions
        {
            Backend = (SoftBonBackend)args.Backend,
            MaxDegreeOfParallelism = args.Threads == 0 ? -1 : args.Threads,
        });
        ulong number = Interlocked.Increment(ref last);
        All[number] = engine;
        return number;
    }

    public static SoftBonEngine At(ulong number) => All.TryGetValue(number, out SoftBonEngine? engine)
        ? engine
        : throw Missing(number);

    public static void Destroy(ulong number)
    {
        if (number == 0)
        {
            return;
        }

        if (!All.TryRemove(number, out SoftBonEngine? engine))
        {
            throw Missing(number);
        }

        engine.Dispose();
    }

    private static NativeFault Missing(ulong number) => new(
        NativeStatus.NoSuchEngine,
        $"There is no engine {number}: it was destroyed, or never made; call softbon_engine_create.");
}
