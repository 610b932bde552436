namespace SoftBoN.Tool.Host;

/// <summary>A fault that ends the run: the message is the one line that people see.</summary>
internal sealed class FaultException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>A library's message without the name of the library's parameter, which is not the user's.</summary>
    public static string Reason(Exception fault)
    {
        int parameter = fault.Message.IndexOf(" (Parameter '", StringComparison.Ordinal);
        return (parameter < 0 ? fault.Message : fault.Message[..parameter]).ReplaceLineEndings(" ");
    }
}
