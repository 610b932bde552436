using SoftBoN.Kernels;
using SoftBoN.Kernels.Cuda;

namespace SoftBoN.AttachCheck;

/// <summary>A captured graph draws anew at every replay: what the processor draws at those positions.</summary>
internal static class Replays
{
    private const int Count = 1000;
    private const int Rows = 16;
    private const int Columns = 32_000;

    /// <summary>Captures one token step and replays it.</summary>
    /// <returns>What differs.</returns>
    public static IEnumerable<string> Differences(CudaHost host, SoftBonCuda cuda, SoftBonEngine engine)
    {
        float[] logits = Bits.Values(Rows * Columns, 5);
        nuint positions = host.Take(Rows * sizeof(ulong));
        nuint temperatures = host.Put(Enumerable.Repeat(1.5f, Rows).ToArray());
        nuint seeds = host.Put(Enumerable.Range(0, Rows).Select(row => (ulong)row).ToArray());
        var call = new CudaTokenTilt
        {
            Logits = CudaMatrix.Dense(host.Put(logits), Rows, Columns),
            Temperature = CudaPerRow.At<float>(temperatures),
            Seed = CudaPerRow.At<ulong>(seeds),
            Position = CudaPerRow.At<ulong>(positions),
            Token = host.Take(Rows * sizeof(int)),
        };
        Bits.Reserve(host, cuda, cuda.WorkspaceBytes(in call));
        cuda.Load(CudaKernels.TokenTilt);
        nint graph = host.Capture(() => cuda.TiltTokens(in call));
        var seen = new HashSet<string>();
        int differing = 0;
        for (int replay = 0; replay < Count; replay++)
        {
            ulong[] position = [.. Enumerable.Repeat((ulong)replay, Rows)];
            host.Write(positions, position);
            host.Replay(graph);
            int[] drawn = host.Get<int>(call.Token, Rows);
            var expected = new int[Rows];
            engine.TiltTokens(
                TokenMatrix.Of(logits, Rows, Columns),
                new() { Temperature = 1.5f, Seed = Enumerable.Range(0, Rows).Select(row => (ulong)row).ToArray(), Position = position },
                new TokenTiltOutputs { Token = expected });
            differing += drawn.AsSpan().SequenceEqual(expected) ? 0 : 1;
            seen.Add(string.Join(' ', drawn));
        }

        if (differing > 0)
        {
            yield return $"{differing} of {Count} replays differ from the processor";
        }

        if (seen.Count < Count)
        {
            yield return $"{Count} replays drew {seen.Count} different batches";
        }
    }
}
