namespace SoftBoN.Kernels.Ops;

/// <summary>What a row's lambda parameter means.</summary>
internal enum LambdaKind : byte
{
    NotGiven,
    Given,
    GivenSigned,
    TargetKl,
    TargetEss,
}
