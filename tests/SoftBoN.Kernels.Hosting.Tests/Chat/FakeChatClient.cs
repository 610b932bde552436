using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace SoftBoN.Kernels.Hosting.Tests.Chat;

/// <summary>Answers its k-th call with what <paramref name="answer"/> makes of k.</summary>
internal sealed class FakeChatClient(Func<int, CancellationToken, Task<ChatResponse>> answer) : IChatClient
{
    private int calls;
    private int running;
    private int most;

    public int Calls => calls;

    public int MostAtOnce => most;

    public ConcurrentQueue<long?> Seeds { get; } = [];

    public static ChatResponse Response(int call) => new(new ChatMessage(ChatRole.Assistant, $"answer {call}"))
    {
        ModelId = "fake",
        FinishReason = ChatFinishReason.Stop,
        Usage = new UsageDetails { InputTokenCount = 10, OutputTokenCount = 1 + call },
    };

    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        Seeds.Enqueue(options?.Seed);
        int call = Interlocked.Increment(ref calls) - 1;
        int now = Interlocked.Increment(ref running);
        for (int seen = most; now > seen; seen = most)
        {
            Interlocked.CompareExchange(ref most, now, seen);
        }

        try
        {
            return await answer(call, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref running);
        }
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (ChatResponseUpdate update in (await GetResponseAsync(messages, options, cancellationToken))
            .ToChatResponseUpdates())
        {
            yield return update;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
