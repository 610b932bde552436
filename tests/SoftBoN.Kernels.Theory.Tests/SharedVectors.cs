namespace SoftBoN.Kernels.Theory.Tests;

/// <summary>A theory over vectors kept beside the repository; skipped, visibly, where they are absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedVectorTheoryAttribute : TheoryAttribute
{
    public SharedVectorTheoryAttribute()
    {
        if (SharedVectors.ExactLaws is null)
        {
            Skip = "shared/vectors/exact-laws.json was not found beside the repository.";
        }
    }
}

internal static class SharedVectors
{
    /// <summary>The file's path, or null.</summary>
    internal static string? ExactLaws { get; } = Existing(Repository.Shared("vectors/exact-laws.json"));

    private static string? Existing(string path) => File.Exists(path) ? path : null;
}
