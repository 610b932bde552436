using SoftBoN.Kernels.Devices;

namespace SoftBoN.Kernels;

/// <summary>
/// A device failed while it ran a call: out of memory, lost, or at fault. The contents of the call's outputs are
/// unspecified.
/// </summary>
public sealed class DeviceExecutionException : InvalidOperationException
{
    private const string Advice = "'softbon doctor' says what this machine's devices can do.";

    private DeviceExecutionException(string message, Exception inner, string operation, bool isUsable)
        : base(message, inner)
    {
        Operation = operation;
        IsEngineUsable = isUsable;
    }

    /// <summary>The operation that failed.</summary>
    public string Operation { get; }

    /// <summary>
    /// Whether the engine goes on: true where the device merely had too little memory; false where it failed for good,
    /// and
    /// only a new engine may help.
    /// </summary>
    public bool IsEngineUsable { get; }

    internal static DeviceExecutionException Of(
        string operation, long rows, long candidates, SoftBonDevice device, Exception fault, bool isFaulted) =>
        Of(operation, $"{operation} of {rows:N0} rows, {candidates:N0} candidates", device, fault, isFaulted);

    internal static DeviceExecutionException Of(
        string operation, string what, SoftBonDevice device, Exception fault, bool isFaulted)
    {
        string consequence = isFaulted
            ? "The engine can no longer be used: dispose of it and make another."
            : "The engine can still be used.";
        bool memory = !isFaulted && DeviceFaults.IsOutOfMemory(fault);
        string cure = memory ? "Give it fewer rows at a time, allow more memory, or use the simd backend. " : "";
        string problem = memory ? "ran out of device memory" : "failed";
        return new DeviceExecutionException(
            $"{what} {problem} on {device.Backend}, {device.Description}: {Chain(fault)} {cure}{consequence} {Advice}",
            fault,
            operation,
            !isFaulted);
    }

    internal static DeviceExecutionException Faulted(SoftBonDevice device, Exception fault) => new(
        $"The engine's device, {device.Description}, failed in an earlier call and cannot be used any more: "
        + $"{Chain(fault)} Dispose of the engine and make another. {Advice}",
        fault,
        "",
        isUsable: false);

    /// <summary>ILGPU says what went wrong in its inner exceptions.</summary>
    internal static string Chain(Exception fault)
    {
        var messages = new List<string>();
        for (Exception? at = fault; at != null; at = at.InnerException)
        {
            string message = TextOf(at).ReplaceLineEndings(" ").Trim();
            if (message.Length > 0 && !messages.Contains(message))
            {
                messages.Add(message.EndsWith('.') ? message : message + ".");
            }
        }

        return $"{fault.GetType().Name}: {string.Join(" ", messages)}";
    }

    /// <summary>ILGPU's exceptions have the driver's error in a property, and some have nothing else.</summary>
    private static string TextOf(Exception fault)
    {
        string? error = fault.GetType().Namespace?.StartsWith("ILGPU", StringComparison.Ordinal) == true
            ? DeviceFaults.ErrorOf(fault)
            : null;
        return error == null ? fault.Message : $"{error}: {fault.Message}";
    }
}
