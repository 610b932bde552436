namespace SoftBoN.Tool;

/// <summary>A fault that ends the run: the message is the one line that people see.</summary>
internal sealed class FaultException(string message, Exception? inner = null) : Exception(message, inner);
