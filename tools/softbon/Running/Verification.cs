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
            select VectorSuite.Run(stem, backend);
        IEnumerable<Tally> random = Operation.All.SelectMany(
            operation => RandomSuite.Run(operation, usable, randomRows, seed));
        return new Verification(
            [.. vectors], randomRows == 0 ? [] : [.. random], [.. backends.Except(usable)], seed);
    }
}
