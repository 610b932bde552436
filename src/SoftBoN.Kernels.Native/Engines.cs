namespace SoftBoN.Kernels.Native;

/// <summary>The options of a new engine (softbon_engine_options).</summary>
internal struct EngineArgs
{
    public uint Size;
    public int Backend;
    public int Threads;
    public int Reserved;
}

/// <summary>Engines by the numbers that callers hold.</summary>
internal static class Engines
{
    private static readonly Handles<SoftBonEngine> All = new("engine", "destroyed", "softbon_engine_create");

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
        return All.Add(engine);
    }

    public static SoftBonEngine At(ulong number) => All.At(number);

    public static void Destroy(ulong number) => All.Take(number)?.Dispose();
}
