namespace SoftBoN.Server.Load;

/// <summary>One operation, as a request alone and as a request among others; answers are compared bit for bit.</summary>
/// <param name="Name">What is measured.</param>
/// <param name="Alone">Request k by a call of its own; whether the answer is the reference's.</param>
/// <param name="Batched">The same through a batcher.</param>
/// <param name="Counts">What the batcher counted.</param>
internal sealed record LoadCase(
    string Name, Func<int, bool> Alone, Func<int, Task<bool>> Batched, Func<BatcherCounts> Counts);
