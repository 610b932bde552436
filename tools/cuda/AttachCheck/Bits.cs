using SoftBoN.Kernels;
using SoftBoN.Kernels.Cuda;

namespace SoftBoN.AttachCheck;

/// <summary>Attached calls have the bits of the processor.</summary>
internal static class Bits
{
    private static readonly (int Rows, int Columns)[] Shapes =
        [(1000, 8), (500, 64), (200, 1000), (40, 5000), (3, 200_000), (1, 1_000_000)];

    /// <summary>Runs all.</summary>
    /// <returns>What differs.</returns>
    public static IEnumerable<string> Differences(CudaHost host, SoftBonCuda cuda, SoftBonEngine engine)
    {
        foreach ((int rows, int columns) in Shapes)
        {
            foreach (string difference in Select(host, cuda, engine, rows, columns))
            {
                yield return difference;
            }
        }

        foreach ((int rows, int columns) in Shapes.Where(shape => shape.Columns < 1_000_000))
        {
            foreach (string difference in Tilt(host, cuda, engine, rows, columns))
            {
                yield return difference;
            }
        }

        foreach (string difference in Plan(host, cuda, engine))
        {
            yield return difference;
        }
    }

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

    private static IEnumerable<string> Plan(CudaHost host, SoftBonCuda cuda, SoftBonEngine engine)
    {
        const int Prompts = 100;
        const int Candidates = 16;
        const int Dimension = 1024;
        float[] hidden = Values(Prompts * Candidates * Dimension, 1);
        float[] weights = Values(Dimension, 2);
        var plan = new CudaRewardPlan
        {
            Head = new CudaRewardScoring
            {
                Hidden = CudaMatrix.Dense(host.Put(hidden), Prompts * Candidates, Dimension),
                Weights = CudaMatrix.Dense(host.Put(weights), 1, Dimension),
            },
            Prompts = CudaRows.Dense(Prompts, Candidates),
            Selection = new CudaSelection { Lambda = 0.5f, Seed = 3UL, Index = host.Take(Prompts * sizeof(int)) },
        };
        Reserve(host, cuda, cuda.WorkspaceBytes(in plan));
        cuda.Run(in plan);
        var index = new int[Prompts];
        engine.Run(
            RewardPlan.FromHead(new RewardHead { Weights = TokenMatrix.Of(weights, 1, Dimension) }),
            new RewardPlanInputs { Hidden = TokenMatrix.Of(hidden, Prompts * Candidates, Dimension) },
            Rows.Dense(Prompts, Candidates),
            new() { Lambda = 0.5f, Seed = 3UL },
            new RewardPlanOutputs { Selection = new() { Index = index } });
        return Compare("plan, index", index, host.Get<int>(plan.Selection.Value.Index, Prompts));
    }

    private static IEnumerable<string> Compare<T>(string what, T[] expected, T[] actual)
        where T : IEquatable<T>
    {
        int differing = expected.Zip(actual).Count(pair => !pair.First.Equals(pair.Second));
        return differing == 0 ? [] : [$"{what}: {differing} of {expected.Length} differ"];
    }

    private static uint[] Words(float[] values) => [.. values.Select(BitConverter.SingleToUInt32Bits)];
}
