namespace SoftBoN.Kernels.Ops;

/// <summary>Four candidates' elements, or their random words.</summary>
internal struct ElementQuad
{
    public uint A;
    public uint B;
    public uint C;
    public uint D;

    public ElementQuad(uint a, uint b, uint c, uint d) => (A, B, C, D) = (a, b, c, d);
}
