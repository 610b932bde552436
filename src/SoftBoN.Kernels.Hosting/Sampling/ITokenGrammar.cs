namespace SoftBoN.Kernels.Hosting;

/// <summary>Says which tokens a sequence may have next. One instance belongs to one sequence.</summary>
public interface ITokenGrammar
{
    /// <summary>Fills the mask of the next step.</summary>
    /// <param name="words">
    /// All zero: token v is bit v mod 32, from the lowest, of word v / 32. Where no bit is set the step has no token and
    /// its status says so.
    /// </param>
    void Allow(Span<uint> words);

    /// <summary>Takes note of the token that was drawn.</summary>
    /// <param name="token">The token, 0 to the vocabulary's size - 1.</param>
    void Accept(int token);
}
