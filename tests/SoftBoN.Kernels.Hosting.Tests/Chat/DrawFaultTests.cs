using Microsoft.Extensions.AI;

namespace SoftBoN.Kernels.Hosting.Tests.Chat;

public sealed class DrawFaultTests
{
    private static readonly ChatMessage[] Prompt = [new(ChatRole.User, "hello")];

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task As_many_draws_have_to_succeed_as_are_asked_for(int least)
    {
        // Draws 1 and 3 of 4 fail.
        var inner = new FakeChatClient((call, _) => call % 2 == 1
            ? Task.FromException<ChatResponse>(new HttpRequestException($"no answer {call}"))
            : Task.FromResult(FakeChatClient.Response(call)));
        using IChatClient client = Client(inner, (_, _, _) => ValueTask.FromResult(1f), o => o.MinimumSuccesses = least);
        if (least == 2)
        {
            SoftBestOfNDiagnostics diagnostics = SoftBestOfNDiagnostics.Of(await client.GetResponseAsync(Prompt))!;
            Assert.Equal((4, 2), (diagnostics.Started, diagnostics.Succeeded));
            Assert.Equal([1, 3], diagnostics.Failures.Keys.Order());
            Assert.True(diagnostics.Index % 2 == 0);
        }
        else
        {
            var fault = await Assert.ThrowsAsync<SoftBestOfNException>(() => client.GetResponseAsync(Prompt));
            Assert.Contains("2 of 4 draws failed, and 3 have to succeed", fault.Message, StringComparison.Ordinal);
            Assert.IsType<HttpRequestException>(fault.InnerException);
        }
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public async Task A_reward_that_is_no_number_is_a_failed_draw(float bad)
    {
        using IChatClient client = Client(Answering(), (_, response, _) =>
            ValueTask.FromResult(response.Text == "answer 1" ? bad : 0f));
        SoftBestOfNDiagnostics diagnostics = SoftBestOfNDiagnostics.Of(await client.GetResponseAsync(Prompt))!;
        Assert.IsType<ArithmeticException>(Assert.Single(diagnostics.Failures, pair => pair.Key == 1).Value);
        Assert.NotEqual(1, diagnostics.Index);
    }

    [Fact]
    public async Task Answers_that_could_not_be_scored_are_in_the_usage()
    {
        using IChatClient client = Client(Answering(), (_, response, _) => response.Text switch
        {
            "answer 1" => ValueTask.FromResult(float.NaN),
            "answer 2" => throw new InvalidOperationException("no reward"),
            _ => ValueTask.FromResult(0f),
        });
        UsageDetails usage = (await client.GetResponseAsync(Prompt)).Usage!;
        Assert.Equal(1 + 2 + 3 + 4, usage.OutputTokenCount);
    }

    [Fact]
    public async Task Answers_that_the_pick_did_not_wait_for_are_in_the_usage()
    {
        // All four are there at once, and the first to be looked at has the largest reward there is.
        using IChatClient client = Client(Answering(), (_, _, _) => ValueTask.FromResult(1f), o => o.MaxReward = 1);
        ChatResponse response = await client.GetResponseAsync(Prompt);
        Assert.Equal(4, SoftBestOfNDiagnostics.Of(response)!.Started);
        Assert.Equal(1 + 2 + 3 + 4, response.Usage!.OutputTokenCount);
    }

    [Fact]
    public async Task Where_every_response_is_excluded_there_is_an_error()
    {
        using IChatClient client = Client(Answering(), (_, _, _) => ValueTask.FromResult(float.NegativeInfinity));
        var fault = await Assert.ThrowsAsync<SoftBestOfNException>(() => client.GetResponseAsync(Prompt));
        Assert.Contains("None of 4 responses", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancelled_request_ends_also_where_the_model_heeds_no_token()
    {
        var never = new TaskCompletionSource<ChatResponse>();
        using IChatClient client = Client(new FakeChatClient((_, _) => never.Task), (_, _, _) => ValueTask.FromResult(0f));
        using var cancellation = new CancellationTokenSource();
        Task<ChatResponse> request = client.GetResponseAsync(Prompt, null, cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request.WaitAsync(TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public async Task Draws_stop_early_and_the_pick_is_that_of_all()
    {
        int saved = 0;
        for (int trial = 0; trial < 100; trial++)
        {
            float[] rewards = Levels(trial, 16);
            SoftBestOfNDiagnostics all = await Pick(trial, rewards, null);
            SoftBestOfNDiagnostics early = await Pick(trial, rewards, 1f);
            Assert.Equal(all.Index, early.Index);
            Assert.Equal(all.Reward, early.Reward);
            Assert.Equal(16, all.Started);
            saved += 16 - early.Started;
        }

        Assert.True(saved > 400, $"Only {saved} of 1600 draws were saved.");
    }

    /// <summary>Of three draws that run the second has the largest reward there is: only the first may still win.</summary>
    [Fact]
    public async Task A_running_draw_that_cannot_win_any_more_is_cancelled_and_is_no_failure()
    {
        var own = new ChatOptions { Seed = 7 };
        SoftBestOfNOptions options = new() { N = 4, Lambda = 0.5f, MaxReward = 1, MaxConcurrency = 3, MinimumSuccesses = 4 };
        long[] order = Order(new SoftBestOfNSettings(options), own);
        var first = new TaskCompletionSource();
        var third = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var inner = new SeedEcho(async (seed, token) =>
        {
            if (seed == order[0])
            {
                await first.Task;
            }
            else if (seed == order[2])
            {
                try
                {
                    await Task.Delay(Timeout.Infinite, token);
                }
                finally
                {
                    third.SetResult();
                }
            }
        });
        using IChatClient client = inner.AsBuilder()
            .UseSoftBestOfN((_, response, _) => ValueTask.FromResult(response.Text == $"{order[0]}" ? 0f : 1f), 4, 0.5f, given =>
                (given.MaxReward, given.MaxConcurrency, given.MinimumSuccesses) = (1, 3, 4))
            .Build();
        Task<ChatResponse> request = client.GetResponseAsync(Prompt, own);
        await third.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.False(request.IsCompleted);
        first.SetResult();
        SoftBestOfNDiagnostics diagnostics = SoftBestOfNDiagnostics.Of(await request.WaitAsync(TimeSpan.FromSeconds(30)))!;
        Assert.Equal((3, 2), (diagnostics.Started, diagnostics.Succeeded));
        Assert.Empty(diagnostics.Failures);
    }

    [Fact]
    public async Task A_reward_above_the_largest_is_an_error()
    {
        using IChatClient client = Client(
            Answering(), (_, _, _) => ValueTask.FromResult(2f), options => options.MaxReward = 1);
        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => client.GetResponseAsync(Prompt));
        Assert.Contains("is 2 and MaxReward is 1", fault.Message, StringComparison.Ordinal);
    }

    /// <summary>
    /// The fake numbers its calls as they come, and early stopping draws in another order, so responses are told apart by the
    /// seed of the draw.
    /// </summary>
    private static async Task<SoftBestOfNDiagnostics> Pick(int trial, float[] rewards, float? most)
    {
        var byDraw = new Dictionary<long, float>();
        for (int draw = 0; draw < rewards.Length; draw++)
        {
            byDraw[SoftBestOfNSettings.DrawSeed(trial, draw)] = rewards[draw];
        }

        var inner = new SeedEcho((_, _) => Task.CompletedTask);
        using IChatClient client = inner.AsBuilder()
            .UseSoftBestOfN(
                (_, response, _) => ValueTask.FromResult(byDraw[long.Parse(response.Text)]),
                rewards.Length,
                0.4f,
                options => (options.MaxReward, options.MaxConcurrency) = (most, 2))
            .Build();
        return SoftBestOfNDiagnostics.Of(await client.GetResponseAsync(Prompt, new ChatOptions { Seed = trial }))!;
    }

    /// <summary>The seeds of draws, likeliest winners first.</summary>
    private static long[] Order(SoftBestOfNSettings settings, ChatOptions options)
    {
        using SoftBonEngine engine = SoftBonEngine.CreateHost();
        var race = new ResponseRace(engine, settings, settings.SeedOf(options), settings.PositionOf(Prompt, options));
        return Array.ConvertAll(race.Open().ToArray(), draw => SoftBestOfNSettings.DrawSeed(options.Seed!.Value, draw));
    }

    private static float[] Levels(int trial, int count)
    {
        var random = new Random(trial);
        return [.. Enumerable.Range(0, count).Select(_ => random.Next(11) / 10f)];
    }

    private static FakeChatClient Answering() => new((call, _) => Task.FromResult(FakeChatClient.Response(call)));

    private static IChatClient Client(
        FakeChatClient inner, ResponseReward reward, Action<SoftBestOfNOptions>? configure = null) =>
        inner.AsBuilder().UseSoftBestOfN(reward, 4, 0.5f, configure).Build();

    private sealed class SeedEcho(Func<long, CancellationToken, Task> before) : IChatClient
    {
        public async Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            await before(options!.Seed!.Value, cancellationToken);
            return new ChatResponse(new ChatMessage(ChatRole.Assistant, $"{options.Seed}"));
        }

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
