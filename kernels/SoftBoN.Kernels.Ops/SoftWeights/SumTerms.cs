namespace SoftBoN.Kernels.Ops;

/// <summary>What a candidate adds to each of its row's sums; +0 where it is excluded.</summary>
internal partial struct SumTerms
{
    /// <summary>Which sums are wanted besides that of exp(x).</summary>
    public const int WantSquares = 1;
    public const int WantDeviations = 2;

    /// <summary>The sums' numbers where those of segments are kept.</summary>
    public const int SumKind = 0;
    public const int SquareKind = 1;
    public const int DeviationKind = 2;
    public const int ComplementKind = 3;
    public const int Kinds = 4;

    public float Sum;
    public float Square;
    public float Deviation;
}
