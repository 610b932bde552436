using SoftBoN.Kernels.Vectors.Data;
using SoftBoN.Kernels.Vectors.Operations;

namespace SoftBoN.Kernels.Vectors.Randomized;

/// <summary>
/// A batch in which everything that may vary does: lengths, layout, magnitudes, exclusions, rows in trouble, lambda's
/// meaning and values, noise, draws, and which outputs are asked for. A function of seed, operation and number alone.
/// </summary>
internal sealed record RandomBatch(long Number, VectorBatch VectorBatch, uint Wanted)
{
    private const ulong OperationsPerBatch = 16;

    /// <summary>Makes a batch.</summary>
    /// <param name="operation">The operation that will run it.</param>
    /// <param name="seed">The seed of the whole run.</param>
    /// <param name="number">The batch's number in the run.</param>
    /// <param name="rows">Its number of rows.</param>
    public static RandomBatch Make(Operation operation, ulong seed, long number, int rows)
    {
        int operationNumber = Operation.All.TakeWhile(other => other != operation).Count();
        var words = new WordReader(seed, ((ulong)number * OperationsPerBatch) + (ulong)operationNumber + 1);
        if (operation is TokenTiltOperation)
        {
            return Of(operation, words, number, RandomTokens.Make(words, rows));
        }

        RowsShape shape = RandomRows.Shape(words, rows, out int memory);
        var batch = new VectorBatch
        {
            Rewards = RandomRows.Rewards(words, shape, memory),
            Rows = shape,
            Lambda = RandomParameters.Lambda(words, rows),
            Noise = (SelectionNoise)Math.Max(0, words.Below(4) - 1),
            Seed = RandomParameters.UInt64(words, rows),
            Position = words.Once(2) ? null : RandomParameters.UInt64(words, rows),
            Offsets = words.Once(2) ? null : RandomParameters.Offsets(words, shape.Packed),
            Elements = words.Once(2) ? null : RandomParameters.Elements(words, shape.Packed),
            Draws = words.Once(2) ? 1 : 1 + words.Below(6),
            Distinct = words.Once(4),
            Answers = RandomParameters.Answers(words, shape.Packed),
        };
        return Of(operation, words, number, batch);
    }

    private static RandomBatch Of(Operation operation, WordReader words, long number, VectorBatch batch)
    {
        uint wanted = words.Once(2) ? operation.AllOutputs : words.Next() & operation.AllOutputs;
        return new RandomBatch(number, batch, wanted == 0 ? operation.AllOutputs : wanted);
    }
}
