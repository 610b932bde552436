using SoftBoN.Kernels.Vectors;
using SoftBoN.Kernels.Vectors.Files;
using SoftBoN.Kernels.Vectors.Operations;
using SoftBoN.Kernels.Vectors.Randomized;

namespace SoftBoN.Tool.Running;

/// <summary>What checking some backends came to.</summary>
/// <param name="Vectors">A tally per stem and backend.</param>
/// <param name="Random">A tally per operation and backend; empty where no random rows were asked for.</param>
/// <param name="Skipped">Backends that cannot run here.</param>
/// <param name="Seed">The seed of the random rows.</param>
internal sealed record Verification(
    IReadOnlyList<Tally> Vectors, IReadOnlyList<Tally> Random, IReadOnlyList<VectorBackend> Skipped, ulong Seed)
{
    public IEnumerable<Tally> All => Vectors.Concat(Random);

    public long Mismatches => All.Sum(tally => (long)tally.Mismatches);

    public static Verification Run(IReadOnlyList<VectorBackend> backends, long randomRows, ulong seed)
    {
        VectorBackend[] usable = [.. backends.Where(backend => backend.Obstacle == null)];
        IEnumerable<Tally> vectors =
            from stem in VectorFiles.Stems
            from backend in usable
            where backend.Stems.Contains(stem)
            select VectorSuite.Run(stem, backend);
        IEnumerable<Tally> random = Operation.All.SelectMany(operation =>
            RunRandom(operation, usable, randomRows, seed));
        return new Verification(
            [.. vectors], randomRows == 0 ? [] : [.. random], [.. backends.Except(usable)], seed);
    }

    /// <summary>
    /// All rows on backends that are fast enough; each of the others gets some, beside the reference.
    /// </summary>
    private static IEnumerable<Tally> RunRandom(Operation operation, VectorBackend[] backends, long rows, ulong seed)
    {
        VectorBackend[] whole = [.. backends.Where(backend => backend.MostRandomRows >= rows)];
        IEnumerable<Tally> tallies = whole.Length == 0 ? [] : RandomSuite.Run(operation, whole, rows, seed);
        return tallies.Concat(backends.Except(whole).SelectMany(
            backend => RandomSuite.Run(operation, [VectorBackend.Reference, backend], backend.MostRandomRows, seed)
                .Skip(1)
                .Select(tally => WithLeftOut(tally, rows - backend.MostRandomRows))));
    }

    private static Tally WithLeftOut(Tally tally, long rows)
    {
        tally.LeftOut = (int)rows;
        return tally;
    }
}
