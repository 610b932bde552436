namespace SoftBoN.Tool.Study.Sources;

/// <summary>Work that is spread over processors, with results in the order of what they are of.</summary>
internal static class InParallel
{
    public static TResult[] Map<T, TResult>(IReadOnlyList<T> items, Func<T, TResult> compute)
    {
        var results = new TResult[items.Count];
        Parallel.For(0, items.Count, i => results[i] = compute(items[i]));
        return results;
    }
}
