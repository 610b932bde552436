using System.Runtime.InteropServices;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>One worker's memory for the row it is at. Grows to the longest row seen and is never given back before the end.</summary>
internal sealed unsafe class RowScratch : IDisposable
{
    private const int Buffers = 5;
    private const int Alignment = 64;

    /// <summary>Room past the row, for whole vectors and whole blocks of random words.</summary>
    private const int Padding = 256;

    private float* memory;
    private long capacity;

    public RowScratch()
    {
        Vectors = new VectorRow(this);
        Sums = new SoftWeightsVectorSums(Vectors);
    }

    /// <summary>The row that vector loops are at.</summary>
    public VectorRow Vectors { get; }

    /// <summary>The sums of that row.</summary>
    public SoftWeightsVectorSums Sums { get; }

    /// <summary>The candidates of short rows whose keys are made together.</summary>
    public SurvivorBatch Survivors { get; } = new();

    /// <summary>The row's rewards, where they cannot be used where they are.</summary>
    public float* Row => memory;

    /// <summary>exp(x) of each candidate.</summary>
    public float* Exps => memory + capacity;

    /// <summary>The row's x in powers of two, in the place of <see cref="Exps"/>.</summary>
    public float* Exponents => Exps;

    /// <summary>The row's x, in nats.</summary>
    public float* X => memory + (2 * capacity);

    /// <summary>The row's keys: x plus noise.</summary>
    public float* Keys => memory + (3 * capacity);

    /// <summary>Two words per candidate, in the place of <see cref="X"/> and <see cref="Keys"/>.</summary>
    public ulong* Pairs => (ulong*)X;

    /// <summary>The row's random words.</summary>
    public uint* Words => (uint*)(memory + (4 * capacity));

    /// <summary>The keys of the random words, kept while rows share a seed.</summary>
    public PhiloxSchedule Schedule;

    ~RowScratch() => Free();

    /// <summary>Makes room for a row of a length. What the buffers held may be lost.</summary>
    public void Reserve(int length)
    {
        if (length + Padding <= capacity)
        {
            return;
        }

        Free();
        capacity = (length + Padding + Alignment - 1L) / Alignment * Alignment;
        memory = (float*)NativeMemory.AlignedAlloc((nuint)(Buffers * capacity * sizeof(float)), Alignment);
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        NativeMemory.AlignedFree(memory);
        memory = null;
        capacity = 0;
    }
}
