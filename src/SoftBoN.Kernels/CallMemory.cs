using System.Runtime.CompilerServices;

namespace SoftBoN.Kernels;

/// <summary>
/// All memory of one call, pinned: an output that overlaps anything else would make results depend on the order of rows.
/// </summary>
internal unsafe ref struct CallMemory
{
    private const int MaxPieces = 40;

    private Pieces pieces;
    private int count;

    /// <summary>Adds memory that is read; it may overlap other such memory.</summary>
    public void Reads<T>(T* start, long length, string name)
        where T : unmanaged
    {
        if (start != null && length > 0)
        {
            pieces[count++] = new Piece((nint)start, (nint)(start + length), name);
        }
    }

    /// <summary>Adds memory that is written.</summary>
    /// <param name="start">Where it is.</param>
    /// <param name="length">How much.</param>
    /// <param name="name">What it is called.</param>
    /// <param name="inPlaceOf">What is called so may overlap it.</param>
    /// <exception cref="ArgumentException">It overlaps memory that was added before.</exception>
    public void Writes<T>(T* start, long length, string name, string inPlaceOf = "")
        where T : unmanaged
    {
        if (start == null || length <= 0)
        {
            return;
        }

        var added = new Piece((nint)start, (nint)(start + length), name);
        for (int i = 0; i < count; i++)
        {
            bool overlaps = added.Start < pieces[i].End && pieces[i].Start < added.End;
            if (overlaps && pieces[i].Name != inPlaceOf)
            {
                Throw.Argument($"{name} overlaps {pieces[i].Name}; pass memory of its own.", name);
            }
        }

        pieces[count++] = added;
    }

    private readonly record struct Piece(nint Start, nint End, string Name);

    [InlineArray(MaxPieces)]
    private struct Pieces
    {
        private Piece first;
    }
}
