namespace SoftBoN.Kernels.Jobs;

/// <summary>
/// Where the stack lies within a cache line is chance, differs from process to process, and can treble the time of code
/// that keeps wide vectors on it. Rounds therefore go through all places in turn.
/// </summary>
internal static class StackShift
{
    /// <summary>After this many bytes the places repeat.</summary>
    public const int Period = 64;

    /// <summary>Frames are aligned to this.</summary>
    private const int Step = 16;

    /// <summary>The number of places.</summary>
    public const int Count = Period / Step;

    /// <summary>By how many bytes a round moves the stack; each contender is first at each place.</summary>
    public static int Of(int round, int contenders) => round / contenders % Count * Step;

    /// <summary>The figures of each place.</summary>
    public static IEnumerable<IEnumerable<double>> Split(double[] rounds, int contenders) => rounds
        .Select((figure, round) => (figure, Place: Of(round, contenders)))
        .GroupBy(pair => pair.Place, pair => pair.figure);
}
