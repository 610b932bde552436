namespace SoftBoN.Kernels.Ops.Numerics;

/// <summary>A choice that a loop is compiled for, so that it costs nothing inside it.</summary>
internal interface IFlag
{
    static abstract bool Value { get; }
}

internal readonly struct On : IFlag
{
    public static bool Value => true;
}

internal readonly struct Off : IFlag
{
    public static bool Value => false;
}
