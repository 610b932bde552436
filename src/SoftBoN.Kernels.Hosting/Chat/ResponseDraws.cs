using System.Collections.Concurrent;
using Microsoft.Extensions.AI;

namespace SoftBoN.Kernels.Hosting;

/// <summary>The draws of one request: at most so many at a time, until the pick is certain or out of reach.</summary>
internal sealed class ResponseDraws(
    IChatClient inner,
    ResponseReward reward,
    SoftBestOfNSettings settings,
    ResponseRace race,
    IReadOnlyList<ChatMessage> messages,
    ChatOptions? options)
{
    private readonly Dictionary<int, ChatResponse> responses = [];
    private readonly Dictionary<int, Exception> failures = [];
    private readonly Dictionary<int, Running> running = [];

    /// <summary>What answered draws cost, also those that the pick did not wait for.</summary>
    private readonly ConcurrentQueue<UsageDetails> costs = [];
    private int started;

    /// <summary>Draws, scores and picks.</summary>
    public async Task<ChatResponse> Run(CancellationToken cancellationToken)
    {
        var unneeded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            while (StartOpen(unneeded.Token))
            {
                Task<Outcome> done = await Task.WhenAny(running.Values.Select(draw => draw.End))
                    .WaitAsync(cancellationToken).ConfigureAwait(false);
                cancellationToken.ThrowIfCancellationRequested();
                Take(await done.ConfigureAwait(false));
            }

            return Answer();
        }
        finally
        {
            await unneeded.CancelAsync().ConfigureAwait(false);

            // A draw that does not heed the token would hold up the answer; it never throws and may end when it likes.
            _ = Task.WhenAll(running.Values.Select(draw => draw.End)).ContinueWith(
                _ => Dispose(unneeded), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    private void Dispose(CancellationTokenSource unneeded)
    {
        foreach (Running draw in running.Values)
        {
            draw.Needed.Dispose();
        }

        unneeded.Dispose();
    }

    /// <summary>Starts what may be started, and gives up what runs and cannot win any more.</summary>
    /// <returns>Whether there is anything to wait for.</returns>
    private bool StartOpen(CancellationToken cancellationToken)
    {
        ReadOnlySpan<int> open = race.Open();
        foreach ((int draw, Running own) in running)
        {
            if (!own.IsGivenUp && !open.Contains(draw))
            {
                own.IsGivenUp = true;
                _ = own.Needed.CancelAsync();
            }
        }

        foreach (int draw in open)
        {
            if (running.Count == settings.MaxConcurrency)
            {
                break;
            }

            if (!running.ContainsKey(draw))
            {
                started++;
                var needed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                running.Add(draw, new Running(Draw(draw, needed.Token), needed));
            }
        }

        return !open.IsEmpty;
    }

    private async Task<Outcome> Draw(int draw, CancellationToken cancellationToken)
    {
        ChatResponse? response = null;
        try
        {
            ChatOptions? own = options?.Clone();
            if (own?.Seed is { } seed)
            {
                own.Seed = SoftBestOfNSettings.DrawSeed(seed, draw);
            }

            response = await inner.GetResponseAsync(messages, own, cancellationToken).ConfigureAwait(false);
            if (response.Usage is { } cost)
            {
                costs.Enqueue(cost);
            }

            float score = await reward(messages, response, cancellationToken).ConfigureAwait(false);
            return float.IsNaN(score) || float.IsPositiveInfinity(score)
                ? new Outcome(draw, response, score, new ArithmeticException(
                    $"The reward of draw {draw} is {score}; return a finite number, or -infinity to exclude the response."))
                : new Outcome(draw, response, score, null);
        }
        catch (Exception fault)
        {
            return new Outcome(draw, response, float.NaN, fault);
        }
    }

    private void Take(Outcome outcome)
    {
        running.Remove(outcome.Draw, out Running? own);
        own!.Needed.Dispose();
        if (outcome.Fault != null)
        {
            if (own.IsGivenUp)
            {
                return;
            }

            failures.Add(outcome.Draw, outcome.Fault);
            race.Exclude(outcome.Draw);
            int left = settings.N - failures.Count;
            if (left < settings.MinimumSuccesses)
            {
                throw new SoftBestOfNException(
                    $"{failures.Count} of {settings.N} draws failed, and {settings.MinimumSuccesses} have to succeed; see "
                    + $"Failures, or lower MinimumSuccesses. The first: {failures.Values.First().Message}",
                    failures);
            }

            return;
        }

        if (outcome.Reward > settings.MaxReward)
        {
            throw new InvalidOperationException(
                $"The reward of draw {outcome.Draw} is {outcome.Reward} and MaxReward is {settings.MaxReward}: draws that were "
                + "given up might have won. Raise MaxReward, or leave it null.");
        }

        responses.Add(outcome.Draw, outcome.Response!);
        race.Score(outcome.Draw, outcome.Reward);
    }

    private ChatResponse Answer()
    {
        SoftBestOfNDiagnostics diagnostics = race.Pick(started, failures);
        if (diagnostics.Index < 0)
        {
            throw new SoftBestOfNException(
                $"None of {diagnostics.Succeeded} responses can be picked: the reward of each is -infinity.", failures);
        }

        ChatResponse picked = responses[diagnostics.Index];
        return new ChatResponse(picked.Messages)
        {
            ResponseId = picked.ResponseId,
            ConversationId = picked.ConversationId,
            ModelId = picked.ModelId,
            CreatedAt = picked.CreatedAt,
            FinishReason = picked.FinishReason,
            RawRepresentation = picked.RawRepresentation,
            Usage = Usage(),
            AdditionalProperties = new AdditionalPropertiesDictionary(picked.AdditionalProperties ?? [])
            {
                [SoftBestOfNDiagnostics.PropertyName] = diagnostics,
            },
        };
    }

    /// <summary>The sum of what answered draws cost, whether or not they could be scored; null where none says.</summary>
    private UsageDetails? Usage()
    {
        UsageDetails? sum = null;
        foreach (UsageDetails cost in costs)
        {
            sum ??= new UsageDetails();
            sum.Add(cost);
        }

        return sum;
    }

    /// <summary>A draw on its way.</summary>
    private sealed record Running(Task<Outcome> End, CancellationTokenSource Needed)
    {
        /// <summary>The pick does not depend on it: that it fails then is no failure.</summary>
        public bool IsGivenUp { get; set; }
    }

    /// <summary>A draw; without a response where the model did not answer, with a fault where it is out of the race.</summary>
    private sealed record Outcome(int Draw, ChatResponse? Response, float Reward, Exception? Fault);
}
