namespace SoftBoN.Tool.Columnar;

/// <summary>What is wrong with one part file; the run goes on with the next one.</summary>
/// <param name="place">The file, and the row group and column where they are known.</param>
/// <param name="message">What is wrong, and the cure.</param>
/// <param name="inner">What a library said.</param>
internal sealed class PartException(string place, string message, Exception? inner = null)
    : Exception($"{place}: {message}", inner)
{
    public string Place => place;

    public string Reason => message;
}
