namespace SoftBoN.Tool.Input;

/// <summary>What is wrong with one line of the input; the run goes on with the next one.</summary>
internal sealed class LineException(string message) : Exception(message);
