namespace SoftBoN.Server.Tests.Faults;

/// <summary>Clients that send one request after the other, each until one of its requests has no right answer.</summary>
internal sealed class ClientLoad
{
    private readonly int[] counts = new int[Enum.GetValues<Outcome>().Length];
    private int sent;

    public ClientLoad(HttpClient client, int clients)
    {
        TaskCompletionSource[] first = [.. Enumerable.Range(0, clients).Select(_ => new TaskCompletionSource())];
        AllAnswered = Task.WhenAll(first.Select(source => source.Task));
        Ended = Task.WhenAll(first.Select((source, number) => Task.Run(() => Run(client, number, source))));
    }

    /// <summary>Every client has had an answer.</summary>
    public Task AllAnswered { get; }

    public Task Ended { get; }

    public int Sent => sent;

    public int Count(Outcome outcome) => counts[(int)outcome];

    private async Task Run(HttpClient client, int number, TaskCompletionSource first)
    {
        Outcome outcome;
        do
        {
            Interlocked.Increment(ref sent);
            outcome = await SelectBody.Send(client, number++);
            Interlocked.Increment(ref counts[(int)outcome]);
            first.TrySetResult();
        }
        while (outcome == Outcome.Right);
    }
}
