using System.Runtime.InteropServices;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>
/// One worker's memory for the row it is at. Grows to the longest row seen and is never given back before the end.
/// </summary>
internal sealed unsafe class RowScratch : IDisposable
{
    /// <summary>
    /// Short rows are worked on in groups, step by step: the steps of one row wait for each other longer than they take,
    /// and the same step of several rows does not.
    /// </summary>
    public const int GroupSize = 16;

    /// <summary>Rows up to this length go in groups.</summary>
    public const int ShortRow = 256;

    private const int Buffers = 5;
    private const int Alignment = 64;

    /// <summary>Room past the row, for whole vectors and whole blocks of random words.</summary>
    private const int Padding = 256;

    private float* memory;
    private long capacity;

    private RowScratch[]? group;
    private SurvivorBatch? survivors;
    private TokenSegments? segments;
    private TokenVectorRow? tokens;
    private HeadTile? heads;
    private SegmentSums? totals;
    private RewardBlock? rewards;
    private VoteSlots? votes;

    public RowScratch()
    {
        Vectors = new VectorRow(this);
        Tilted = new TiltedRow(Vectors);
        Sums = new SoftWeightsVectorSums(Tilted);
    }

    /// <summary>The row's status so far.</summary>
    public RowStatus Status;

    /// <summary>The row.</summary>
    public RowView View;

    /// <summary>The row's lambda.</summary>
    public RowLambda Lambda;

    /// <summary>A key that the row's best candidate certainly reaches.</summary>
    public float Reached;

    /// <summary>The row that vector loops are at.</summary>
    public VectorRow Vectors { get; }

    /// <summary>That row at a temperature.</summary>
    public TiltedRow Tilted { get; }

    /// <summary>The sums of that row.</summary>
    public SoftWeightsVectorSums Sums { get; }

    /// <summary>The candidates of short rows whose keys are made together.</summary>
    public SurvivorBatch Survivors => survivors ??= new SurvivorBatch();

    /// <summary>The segments of a row of tokens.</summary>
    public TokenSegments Segments => segments ??= new TokenSegments();

    /// <summary>The row of tokens that vector loops are at.</summary>
    public TokenVectorRow Tokens => tokens ??= new TokenVectorRow();

    /// <summary>The rows of hidden values that vector loops are at.</summary>
    public HeadTile Heads => heads ??= new HeadTile();

    /// <summary>The rewards of the prompts that a plan is at.</summary>
    public RewardBlock Rewards => rewards ??= new RewardBlock();

    /// <summary>The answers of the row that votes are counted in.</summary>
    public VoteSlots Votes => votes ??= new VoteSlots();

    /// <summary>The sums of a long row's segments.</summary>
    public SegmentSums Totals => totals ??= new SegmentSums();

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

    /// <summary>The row's noise, in the place of <see cref="Words"/>.</summary>
    public float* Noise => (float*)Words;

    /// <summary>The keys of the random words, kept while rows share a seed.</summary>
    public PhiloxSchedule Schedule;

    ~RowScratch() => Free();

    /// <summary>Takes the next short rows, one for each of this worker's places; a long row is taken alone.</summary>
    /// <param name="rows">The batch.</param>
    /// <param name="offsets">The batch's packed offsets, or null.</param>
    /// <param name="first">The next row.</param>
    /// <param name="end">Where the worker's rows end.</param>
    /// <returns>The rows' places, each with its <see cref="View"/>.</returns>
    public ReadOnlySpan<RowScratch> Take(in RowSource rows, float* offsets, long first, long end)
    {
        RowScratch[] places = group ??= MakeGroup();
        int count = 0;
        do
        {
            places[count].View = rows[first + count].WithOffsets(offsets);
            count++;
        }
        while (places[count - 1].View.Length <= ShortRow && count < GroupSize && first + count < end);

        // A long row ends a group that has begun, and waits for the next.
        bool alone = count == 1 || places[count - 1].View.Length <= ShortRow;
        return places.AsSpan(0, alone ? count : count - 1);
    }

    /// <summary>Makes room for a row of a length. What the buffers held may be lost.</summary>
    public void Reserve(int length)
    {
        long needed = (long)length + Padding;
        if (needed <= capacity)
        {
            return;
        }

        // Nothing is left behind by an allocation that fails: the next, shorter row starts from nothing.
        Free();
        long rounded = (needed + Alignment - 1) / Alignment * Alignment;
        memory = (float*)NativeMemory.AlignedAlloc((nuint)(Buffers * rounded * sizeof(float)), Alignment);
        capacity = rounded;
    }

    public void Dispose()
    {
        Free();
        segments?.Dispose();
        tokens?.Dispose();
        heads?.Dispose();
        rewards?.Dispose();
        foreach (RowScratch place in group.AsSpan()[(group == null ? 0 : 1)..])
        {
            place.Dispose();
        }

        GC.SuppressFinalize(this);
    }

    private RowScratch[] MakeGroup()
    {
        var places = new RowScratch[GroupSize];
        places[0] = this;
        for (int i = 1; i < places.Length; i++)
        {
            places[i] = new RowScratch();
        }

        return places;
    }

    private void Free()
    {
        NativeMemory.AlignedFree(memory);
        memory = null;
        capacity = 0;
    }
}
