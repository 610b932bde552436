using SoftBoN.Kernels.Vectors.Data;
using SoftBoN.Kernels.Vectors.Operations;

namespace SoftBoN.Kernels.Vectors.Randomized;

/// <summary>Runs random rows on several backends side by side and compares hashes of all output bits.</summary>
internal static class RandomSuite
{
    /// <summary>Rows per batch: what bounds the memory of a run, whatever its length.</summary>
    public const int RowsPerBatch = 256;

    /// <summary>Runs rows of an operation.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="backends">Where it runs; the first one is what the others are compared with.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="seed">Any value; the same rows come from the same seed everywhere.</param>
    /// <param name="cancellationToken">Looked at between batches.</param>
    /// <returns>A tally per backend; the cases are rows.</returns>
    public static IReadOnlyList<Tally> Run(
        Operation operation,
        IReadOnlyList<VectorBackend> backends,
        long rows,
        ulong seed,
        CancellationToken cancellationToken = default)
    {
        SoftBonEngine[] engines = [.. backends.Select(backend => backend.CreateEngine())];
        Tally[] tallies = [.. backends.Select(backend => new Tally(operation.Stem, backend.Name))];
        try
        {
            for (long done = 0; done < rows; done += RowsPerBatch)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int count = (int)Math.Min(RowsPerBatch, rows - done);
                var batch = RandomBatch.Make(operation, seed, done / RowsPerBatch, count);
                RunBatch(operation, engines, batch, tallies, cancellationToken);
            }
        }
        finally
        {
            foreach (SoftBonEngine engine in engines)
            {
                engine.Dispose();
            }
        }

        return tallies;
    }

    private static void RunBatch(
        Operation operation,
        SoftBonEngine[] engines,
        RandomBatch random,
        Tally[] tallies,
        CancellationToken cancellationToken)
    {
        OutputBuffers? first = null;
        ulong firstHash = 0;
        for (int i = 0; i < engines.Length; i++)
        {
            OutputBuffers outputs = operation.Run(engines[i], random.VectorBatch, random.Wanted, cancellationToken);
            var hash = new Fnv1a();
            outputs.AddTo(ref hash);
            tallies[i].HashState.Add(hash.Value);
            tallies[i].Cases += random.VectorBatch.Rows.Count;
            tallies[i].Values += outputs.Count;
            if (first == null)
            {
                (first, firstHash) = (outputs, hash.Value);
            }
            else if (hash.Value != firstHash)
            {
                AddMismatches(operation, random, first, outputs, tallies[i]);
            }
        }
    }

    /// <summary>One mismatch for each row and output that differs.</summary>
    private static void AddMismatches(
        Operation operation, RandomBatch random, OutputBuffers expected, OutputBuffers actual, Tally tally)
    {
        for (int row = 0; row < random.VectorBatch.Rows.Count; row++)
        {
            for (int output = 0; output < operation.Outputs.Count; output++)
            {
                if (!actual.Wants(output) || expected.Bits(output, row).SequenceEqual(actual.Bits(output, row)))
                {
                    continue;
                }

                OutputSpec spec = operation.Outputs[output];
                int place = expected.Bits(output, row).CommonPrefixLength(actual.Bits(output, row));
                tally.Add(new Mismatch(
                    $"random batch {random.Number}, row {row}{operation.NameOf(random.Wanted)}",
                    $"{spec.Name}[{place}]",
                    BitLine.Word(expected.Bits(output, row)[place], spec.IsInteger),
                    BitLine.Word(actual.Bits(output, row)[place], spec.IsInteger),
                    RowText.Describe(random.VectorBatch, row)));
            }
        }
    }
}
