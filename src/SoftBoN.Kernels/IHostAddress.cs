namespace SoftBoN.Kernels;

/// <summary>Memory that the processor can touch.</summary>
internal unsafe interface IHostAddress
{
    byte* Address { get; }
}
