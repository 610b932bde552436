using SoftBoN.Kernels;
using SoftBoN.Kernels.Cuda;

namespace SoftBoN.AttachCheck;

/// <summary>A captured graph draws anew at every replay: what the processor draws at those positions.</summary>
internal static class Replays
{
    /// <summary>Captures one token step and replays it.</summary>
    /// <param name="host">The program that uses CUDA.</param>
    /// <param name="cuda">What is attached to its context.</param>
    /// <param name="engine">The processor.</param>
    /// <param name="count">How many replays.</param>
    /// <param name="shape">Rows and columns of the logits.</param>
    /// <returns>What differs.</returns>
    public static IEnumerable<string> Differences(
        CudaHost host, SoftBonCuda cuda, SoftBonEngine engine, int count, (int Rows, int Columns) shape)
    {
        (int rows, int columns) = shape;
        float[] logits = Bits.Values(rows * columns, 5);
        nuint positions = host.Take(rows * sizeof(ulong));
        nuint temperatures = host.Put(Enumerable.Repeat(1.5f, rows).ToArray());
        nuint seeds = host.Put(Enumerable.Range(0, rows).Select(row => (ulong)row).ToArray());
        var call = new CudaTokenTilt
        {
            Logits = CudaMatrix.Dense(host.Put(logits), rows, columns),
            Temperature = CudaPerRow.At<float>(temperatures),
            Seed = CudaPerRow.At<ulong>(seeds),
            Position = CudaPerRow.At<ulong>(positions),
            Token = host.Take(rows * sizeof(int)),
        };
        Bits.Reserve(host, cuda, cuda.WorkspaceBytes(in call));
        cuda.Load(CudaKernels.TokenTilt);
        nint graph = host.Capture(() => cuda.TiltTokens(in call));
        var seen = new HashSet<string>();
        int differing = 0;
        for (int replay = 0; replay < count; replay++)
        {
            ulong[] position = [.. Enumerable.Repeat((ulong)replay, rows)];
            host.Write(positions, position);
            host.Replay(graph);
            int[] drawn = host.Get<int>(call.Token, rows);
            var expected = new int[rows];
            engine.TiltTokens(
                TokenMatrix.Of(logits, rows, columns),
                new() { Temperature = 1.5f, Seed = Enumerable.Range(0, rows).Select(row => (ulong)row).ToArray(), Position = position },
                new TokenTiltOutputs { Token = expected });
            differing += drawn.AsSpan().SequenceEqual(expected) ? 0 : 1;
            seen.Add(string.Join(' ', drawn));
        }

        if (differing > 0)
        {
            yield return $"{differing} of {count} replays differ from the processor";
        }

        if (seen.Count < count)
        {
            yield return $"{count} replays drew {seen.Count} different batches";
        }
    }
}
