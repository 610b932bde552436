using SoftBoN.Kernels;
using SoftBoN.Kernels.Cuda;

namespace SoftBoN.AttachCheck;

/// <summary>Attached calls have the bits of the processor.</summary>
internal static class Bits
{
    private const int MostTokens = 1 << 20;

    /// <summary>Rows and columns of what is run on a GPU.</summary>
    public static readonly (int Rows, int Columns)[] Shapes =
        [(1000, 8), (500, 64), (200, 1000), (40, 5000), (3, 200_000), (1, 2_000_000)];

    /// <summary>Runs all.</summary>
    /// <param name="host">The program that uses CUDA.</param>
    /// <param name="cuda">What is attached to its context.</param>
    /// <param name="engine">The processor.</param>
    /// <param name="shapes">Rows and columns.</param>
    /// <param name="prompts">The prompts of plans, of 16 candidates.</param>
    /// <param name="dimension">The hidden values of each.</param>
    /// <returns>What differs.</returns>
    public static IEnumerable<string> Differences(
        CudaHost host,
        SoftBonCuda cuda,
        SoftBonEngine engine,
        IReadOnlyCollection<(int Rows, int Columns)> shapes,
        int prompts,
        int dimension) =>
    [
        .. shapes.SelectMany(shape => Select(host, cuda, engine, shape.Rows, shape.Columns)),
        .. shapes.Where(shape => shape.Columns <= MostTokens)
            .SelectMany(shape => Tilt(host, cuda, engine, shape.Rows, shape.Columns)),
        .. Mapped(host, cuda, engine),
        .. Plans.Differences(host, cuda, engine, prompts, dimension),
    ];

    public static float[] Values(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() * 12f) - 6f)];
    }

    /// <summary>Reserves what a call needs where there is less.</summary>
    public static void Reserve(CudaHost host, SoftBonCuda cuda, long bytes)
    {
        if (bytes > cuda.Workspace)
        {
            host.Wait();
            cuda.Reserve(bytes);
        }
    }

    private static IEnumerable<string> Select(CudaHost host, SoftBonCuda cuda, SoftBonEngine engine, int rows, int columns)
    {
        float[] rewards = Values(rows * columns, rows);
        var call = new CudaSelection
        {
            Rewards = host.Put(rewards),
            Rows = CudaRows.Dense(rows, columns),
            Lambda = CudaLambda.TargetKl(1f),
            Seed = 42UL,
            Index = host.Take(rows * sizeof(int)),
            LogProbability = host.Take(rows * sizeof(float)),
            LambdaUsed = host.Take(rows * sizeof(float)),
        };
        Reserve(host, cuda, cuda.WorkspaceBytes(in call));
        cuda.Select(in call);
        var index = new int[rows];
        var probability = new float[rows];
        var lambda = new float[rows];
        engine.Select(
            rewards,
            Rows.Dense(rows, columns),
            new() { Lambda = Lambda.TargetKl(1f), Seed = 42UL },
            new SelectionOutputs { Index = index, LogProbability = probability, Lambda = lambda });
        string what = $"selection {rows} x {columns}";
        return
        [
            .. Compare(what + ", index", index, host.Get<int>(call.Index, rows)),
            .. Compare(what + ", log-probability", Words(probability), host.Get<uint>(call.LogProbability, rows)),
            .. Compare(what + ", lambda", Words(lambda), host.Get<uint>(call.LambdaUsed, rows)),
        ];
    }

    private static IEnumerable<string> Tilt(CudaHost host, SoftBonCuda cuda, SoftBonEngine engine, int rows, int columns)
    {
        ushort[] logits = [.. Values(rows * columns, columns).Select(value => (ushort)(BitConverter.SingleToUInt32Bits(value) >> 16))];
        var call = new CudaTokenTilt
        {
            Logits = CudaMatrix.Dense(host.Put(logits), rows, columns, CudaFormat.BF16),
            Temperature = 0.8f,
            TopP = 0.95f,
            Seed = 7UL,
            Token = host.Take(rows * sizeof(int)),
            Kl = host.Take(rows * sizeof(float)),
        };
        Reserve(host, cuda, cuda.WorkspaceBytes(in call));
        cuda.TiltTokens(in call);
        var token = new int[rows];
        var kl = new float[rows];
        engine.TiltTokens(
            TokenMatrix.OfBFloat16(logits, rows, columns),
            new() { Temperature = 0.8f, TopP = 0.95f, Seed = 7UL },
            new TokenTiltOutputs { Token = token, Kl = kl });
        string what = $"tilt {rows} x {columns}";
        return
        [
            .. Compare(what + ", token", token, host.Get<int>(call.Token, rows)),
            .. Compare(what + ", kl", Words(kl), host.Get<uint>(call.Kl, rows)),
        ];
    }

    /// <summary>Rows anywhere among the rewards, which only the device knows.</summary>
    private static IEnumerable<string> Mapped(CudaHost host, SoftBonCuda cuda, SoftBonEngine engine)
    {
        const int Longest = 200;
        float[] rewards = Values(1000, 9);
        long[] starts = [800, 0, 30, 30, 500];
        int[] lengths = [Longest, 7, 0, 60, 33];
        long[] packed = [.. lengths.Select((_, row) => lengths.Take(row).Sum(length => (long)length))];
        var call = new CudaSelection
        {
            Rewards = host.Put(rewards),
            Rows = CudaRows.Mapped(
                starts.Length, host.Put(starts), host.Put(lengths), host.Put(packed), Longest, lengths.Sum(), rewards.Length),
            Lambda = 0.5f,
            Seed = 11UL,
            Index = host.Take(starts.Length * sizeof(int)),
        };
        Reserve(host, cuda, cuda.WorkspaceBytes(in call));
        cuda.Select(in call);
        var index = new int[starts.Length];
        engine.Select(rewards, Rows.Mapped(starts, lengths), new() { Lambda = 0.5f, Seed = 11UL }, index);
        return Compare("mapped rows, index", index, host.Get<int>(call.Index, index.Length));
    }

    public static IEnumerable<string> Compare<T>(string what, T[] expected, T[] actual)
        where T : IEquatable<T>
    {
        int differing = expected.Zip(actual).Count(pair => !pair.First.Equals(pair.Second));
        return differing == 0 ? [] : [$"{what}: {differing} of {expected.Length} differ"];
    }

    public static uint[] Words(float[] values) => [.. values.Select(BitConverter.SingleToUInt32Bits)];
}
