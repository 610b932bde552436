using SoftBoN.Kernels.Vectors.Data;

namespace SoftBoN.Kernels.Vectors;

/// <summary>What running the vectors of one stem on one backend came to.</summary>
internal sealed class Tally(string stem, string backend)
{
    /// <summary>Mismatches beyond these are counted, not kept.</summary>
    public const int MostKept = 20;

    private readonly List<Mismatch> kept = [];
    private Fnv1a hash = new();

    public string Stem { get; } = stem;

    public string Backend { get; } = backend;

    public int Cases { get; set; }

    /// <summary>Cases that are too large for the backend.</summary>
    public int LeftOut { get; set; }

    /// <summary>How many values were compared.</summary>
    public long Values { get; set; }

    public int Mismatches { get; private set; }

    public IReadOnlyList<Mismatch> First => kept;

    /// <summary>The hash of all output bits.</summary>
    public ulong Hash => hash.Value;

    public ref Fnv1a HashState => ref hash;

    public void Add(Mismatch mismatch)
    {
        Mismatches++;
        if (kept.Count < MostKept)
        {
            kept.Add(mismatch);
        }
    }
}
