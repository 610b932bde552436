using ILGPU;

namespace SoftBoN.Kernels.Ops;

/// <summary>Memory of rows that several teams share, each row in a slot of its own.</summary>
internal partial struct SplitMemory
{
    /// <summary>The words of what is known of a row: whole cache lines are not shared by two.</summary>
    public const int WordsOfState = 16;

    /// <summary>Room for the partial sums of one of a segment's sums, where a thread is alone with it.</summary>
    public const int RoomOfLane = 8;

    /// <summary>Sums of segments, and room for the partial sums of threads that are alone.</summary>
    public ArrayView<float> Partials;

    /// <summary>Floats of a slot, and of one of its row's sums.</summary>
    public int SlotPartials;
    public int PartialStride;

    /// <summary>The teams of a row, as a power of two.</summary>
    public int PartBits;

    /// <summary><see cref="WordsOfState"/> for each slot; all 0 before the first look.</summary>
    public ArrayView<uint> States;
}
