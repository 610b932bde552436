using System.Runtime.InteropServices;
using ILGPU;

namespace SoftBoN.Kernels.Ops;

/// <summary>Four consecutive floats: what a thread holds of each 128 elements, and the widest load there is.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Quad
{
    public float A;
    public float B;
    public float C;
    public float D;

    public Quad(float a, float b, float c, float d) => (A, B, C, D) = (a, b, c, d);

    /// <summary>The sum of a group of four lanes, as the canonical order has it.</summary>
    public readonly float GroupSum => (A + C) + (B + D);

    /// <summary>The largest of the four; any of them where one is NaN.</summary>
    public readonly float Largest => Larger(Larger(A, B), Larger(C, D));

    /// <summary>The larger of two numbers, neither of which is NaN.</summary>
    public static float Larger(float a, float b) => a > b ? a : b;

    /// <summary>Adds four elements to four lanes.</summary>
    public void Add(Quad elements)
    {
        A += elements.A;
        B += elements.B;
        C += elements.C;
        D += elements.D;
    }

    /// <summary>Four elements of a view; a neutral value past the end.</summary>
    /// <param name="view">The view.</param>
    /// <param name="start">The place of the row's first element.</param>
    /// <param name="element">The first of the four.</param>
    /// <param name="length">The row's length.</param>
    /// <param name="isAligned">Whether the row starts at a multiple of 16 bytes.</param>
    /// <param name="neutral">What stands for missing elements.</param>
    public static Quad Load(
        ArrayView<float> view, long start, int element, int length, bool isAligned, float neutral)
    {
        if (isAligned && element + 3 < length)
        {
            return view.Cast<Quad>()[(start + element) >> 2];
        }

        long at = start + element;
        return new Quad(
            element < length ? view[at] : neutral,
            element + 1 < length ? view[at + 1] : neutral,
            element + 2 < length ? view[at + 2] : neutral,
            element + 3 < length ? view[at + 3] : neutral);
    }

    /// <summary>Writes four elements of a row, and none past its end.</summary>
    /// <param name="view">The view.</param>
    /// <param name="start">The place of the row's first element.</param>
    /// <param name="element">The first of the four.</param>
    /// <param name="length">The row's length.</param>
    /// <param name="isAligned">Whether the row starts at a multiple of 16 bytes.</param>
    public readonly void Store(ArrayView<float> view, long start, int element, int length, bool isAligned)
    {
        if (isAligned && element + 3 < length)
        {
            view.Cast<Quad>()[(start + element) >> 2] = this;
            return;
        }

        long at = start + element;
        if (element < length)
        {
            view[at] = A;
        }

        if (element + 1 < length)
        {
            view[at + 1] = B;
        }

        if (element + 2 < length)
        {
            view[at + 2] = C;
        }

        if (element + 3 < length)
        {
            view[at + 3] = D;
        }
    }
}
