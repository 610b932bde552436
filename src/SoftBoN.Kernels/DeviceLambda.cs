using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels;

/// <summary><see cref="Lambda"/> with per-row values in device memory.</summary>
public readonly struct DeviceLambda
{
    private DeviceLambda(LambdaKind kind, DevicePerRow<float> values)
    {
        Kind = values.IsGiven ? kind : LambdaKind.NotGiven;
        Values = values;
    }

    internal LambdaKind Kind { get; }

    internal DevicePerRow<float> Values { get; }

    /// <summary>The same as <see cref="Values"/> for checks that look at scalars.</summary>
    internal Lambda Scalar => Kind switch
    {
        LambdaKind.GivenSigned => Lambda.AllowNegative(Values.Scalar),
        LambdaKind.TargetKl => Lambda.TargetKl(Values.Scalar),
        LambdaKind.TargetEss => Lambda.TargetEss(Values.Scalar),
        LambdaKind.Given => Values.Scalar,
        _ => default,
    };

    /// <summary>Lambda given for all rows, 0 to +infinity.</summary>
    /// <param name="lambda">The temperature.</param>
    public static implicit operator DeviceLambda(float lambda) => new(LambdaKind.Given, lambda);

    /// <summary>Lambda given, 0 to +infinity.</summary>
    /// <param name="lambda">The temperature of all rows, or of each.</param>
    public static implicit operator DeviceLambda(DevicePerRow<float> lambda) => new(LambdaKind.Given, lambda);

    /// <summary>Lambda given per row, 0 to +infinity.</summary>
    /// <param name="lambda">At least as many temperatures as the batch has rows.</param>
    public static implicit operator DeviceLambda(DeviceSpan<float> lambda) =>
        new(LambdaKind.Given, lambda);

    /// <summary>Lambda given per row, 0 to +infinity.</summary>
    /// <param name="lambda">At least as many temperatures as the batch has rows.</param>
    public static implicit operator DeviceLambda(DeviceBuffer<float> lambda) => new(LambdaKind.Given, lambda);

    /// <summary>Lambda given, of either sign, as <see cref="Lambda.AllowNegative"/>.</summary>
    /// <param name="lambda">The temperature of all rows, or of each; anything but NaN.</param>
    /// <returns>A lambda that may be negative.</returns>
    public static DeviceLambda AllowNegative(DevicePerRow<float> lambda) => new(LambdaKind.GivenSigned, lambda);

    /// <summary>Lambda found per row from a KL budget, as <see cref="Lambda.TargetKl"/>.</summary>
    /// <param name="nats">The budget in nats, at least 0.</param>
    /// <returns>A lambda that is found per row.</returns>
    public static DeviceLambda TargetKl(DevicePerRow<float> nats) => new(LambdaKind.TargetKl, nats);

    /// <summary>Lambda found per row from a target, as <see cref="Lambda.TargetEss"/>.</summary>
    /// <param name="effectiveSampleSize">The target in candidates, at least 1.</param>
    /// <returns>A lambda that is found per row.</returns>
    public static DeviceLambda TargetEss(DevicePerRow<float> effectiveSampleSize) =>
        new(LambdaKind.TargetEss, effectiveSampleSize);
}
