using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace SoftBoN.Kernels.Hosting;

/// <summary>Answers with one of n responses of the client below.</summary>
internal sealed class SoftBestOfNChatClient(
    IChatClient inner, ResponseReward reward, SoftBestOfNSettings settings, SoftBonEngine engine, bool ownsEngine)
    : DelegatingChatClient(inner)
{
    public override Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        if (options?.ConversationId is { } conversation)
        {
            Throw.Argument(
                $"The request continues conversation '{conversation}', to which all {settings.N} draws would be added; send "
                + "the messages themselves and no ConversationId.",
                nameof(options));
        }

        IReadOnlyList<ChatMessage> prompt = [.. messages];
        var race = new ResponseRace(engine, settings, settings.SeedOf(options), settings.PositionOf(prompt, options));
        return new ResponseDraws(InnerClient, reward, settings, race, prompt, options).Run(cancellationToken);
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ChatResponse picked = await GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
        foreach (ChatResponseUpdate update in picked.ToChatResponseUpdates())
        {
            yield return update;
        }
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing && ownsEngine)
        {
            engine.Dispose();
        }
    }
}
