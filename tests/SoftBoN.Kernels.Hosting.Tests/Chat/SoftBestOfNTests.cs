using Microsoft.Extensions.AI;

namespace SoftBoN.Kernels.Hosting.Tests.Chat;

public sealed class SoftBestOfNTests
{
    private static readonly float[] Rewards = [0.1f, 2.0f, 1.9f, -1.0f];

    private static readonly ChatMessage[] Prompt = [new(ChatRole.User, "hello")];

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task The_pick_is_the_engines_whatever_order_responses_come_in(int concurrency)
    {
        // The README's first row: candidate 2 under seed 42 at position 0.
        var inner = new FakeChatClient(async (call, _) =>
        {
            await Task.Delay(5 * (4 - call), CancellationToken.None);
            return FakeChatClient.Response(call);
        });
        using IChatClient client = Client(inner, options =>
        {
            options.MaxConcurrency = concurrency;
            options.Position = (_, _) => 0;
        });
        ChatResponse response = await client.GetResponseAsync(Prompt);
        SoftBestOfNDiagnostics diagnostics = SoftBestOfNDiagnostics.Of(response)!;
        Assert.Equal(2, diagnostics.Index);
        Assert.Equal(1.9f, diagnostics.Reward);
        Assert.Equal("answer 2", response.Text);
        Assert.Equal(Rewards, diagnostics.Rewards);
        Assert.Equal(concurrency, inner.MostAtOnce);
        double sum = Rewards.Sum(reward => Math.Exp(reward / 0.5));
        Assert.Equal((1.9 / 0.5) - Math.Log(sum), diagnostics.LogProbability, 4);
    }

    [Fact]
    public async Task Usage_is_that_of_all_responses()
    {
        using IChatClient client = Client(Answering());
        UsageDetails usage = (await client.GetResponseAsync(Prompt)).Usage!;
        Assert.Equal(40, usage.InputTokenCount);
        Assert.Equal(1 + 2 + 3 + 4, usage.OutputTokenCount);
    }

    [Fact]
    public async Task A_stream_has_the_pick_its_usage_and_its_diagnostics()
    {
        using IChatClient client = Client(Answering(), options => options.Position = (_, _) => 0);
        ChatResponse response = await client.GetStreamingResponseAsync(Prompt).ToChatResponseAsync();
        Assert.Equal("answer 2", response.Text);
        Assert.Equal(10, response.Usage!.OutputTokenCount);
        Assert.Equal(2, SoftBestOfNDiagnostics.Of(response)!.Index);
    }

    [Fact]
    public async Task The_same_prompt_has_the_same_pick_and_others_have_noise_of_their_own()
    {
        using IChatClient client = Client(Answering());
        var positions = new HashSet<ulong>();
        int[] picks = new int[4];
        for (int i = 0; i < 200; i++)
        {
            ChatMessage[] prompt = [new(ChatRole.User, $"question {i}")];
            var first = SoftBestOfNDiagnostics.Of(await client.GetResponseAsync(prompt))!;
            var second = SoftBestOfNDiagnostics.Of(await client.GetResponseAsync(prompt))!;
            Assert.Equal(first.Index, second.Index);
            positions.Add(first.Position);
            picks[first.Index]++;
        }

        // Shares are about 0.012, 0.54, 0.44 and 0.001; the bound is five standard deviations wide.
        Assert.Equal(200, positions.Count);
        Assert.InRange(picks[1], 72, 144);
        Assert.InRange(picks[2], 53, 124);
    }

    [Fact]
    public async Task Draws_under_a_seed_have_seeds_of_their_own_and_repeat()
    {
        FakeChatClient inner = Answering();
        using IChatClient client = Client(inner);
        await client.GetResponseAsync(Prompt, new ChatOptions { Seed = 7 });
        await client.GetResponseAsync(Prompt, new ChatOptions { Seed = 7 });
        await client.GetResponseAsync(Prompt, new ChatOptions { Seed = 8 });
        long?[] seeds = [.. inner.Seeds];
        Assert.Equal(seeds[..4], seeds[4..8]);
        Assert.Equal(8, seeds[4..].Distinct().Count());
        Assert.All(seeds, seed => Assert.InRange(seed!.Value, 0, int.MaxValue));
    }

    [Fact]
    public async Task Lambda_is_found_from_a_budget()
    {
        using IChatClient client = Answering().AsBuilder()
            .UseSoftBestOfN(Reward, new SoftBestOfNOptions { N = 4, KlBudget = 0.5f })
            .Build();
        SoftBestOfNDiagnostics diagnostics = SoftBestOfNDiagnostics.Of(await client.GetResponseAsync(Prompt))!;
        Assert.Equal(0.5f, diagnostics.KlToUniform, 4);
        Assert.True(diagnostics.Lambda > 0);
    }

    [Fact]
    public async Task A_conversation_is_refused()
    {
        using IChatClient client = Client(Answering());
        var fault = await Assert.ThrowsAsync<ArgumentException>(
            () => client.GetResponseAsync(Prompt, new ChatOptions { ConversationId = "c1" }));
        Assert.Contains("'c1'", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0.5f, null, 1, null, "Must be 1 to 1024")]
    [InlineData(1025, 0.5f, null, 1, null, "Must be 1 to 1024")]
    [InlineData(4, null, null, 1, null, "set one of them")]
    [InlineData(4, 0.5f, 0.5f, 1, null, "set one of them")]
    [InlineData(4, -1f, null, 1, null, "Must be 0 to +infinity")]
    [InlineData(4, null, -1f, 1, null, "Must be at least 0 nats")]
    [InlineData(4, 0.5f, null, 5, null, "Must be 1 to N, which is 4")]
    [InlineData(4, 0.5f, null, 1, float.NaN, "Must be finite")]
    [InlineData(4, null, 0.5f, 1, 1f, "leave MaxReward null")]
    public void Options_out_of_range_throw_when_the_client_is_built(
        int n, float? lambda, float? budget, int least, float? most, string cure)
    {
        var options = new SoftBestOfNOptions
        {
            N = n,
            Lambda = lambda,
            KlBudget = budget,
            MinimumSuccesses = least,
            MaxReward = most,
        };
        var fault = Assert.ThrowsAny<ArgumentException>(() => Answering().AsBuilder().UseSoftBestOfN(Reward, options));
        Assert.Contains(cure, fault.Message, StringComparison.Ordinal);
    }

    private static ValueTask<float> Reward(
        IReadOnlyList<ChatMessage> prompt, ChatResponse response, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Rewards[response.Text[^1] - '0']);

    private static FakeChatClient Answering() =>
        new((call, _) => Task.FromResult(FakeChatClient.Response(call % 4)));

    private static IChatClient Client(FakeChatClient inner, Action<SoftBestOfNOptions>? configure = null) =>
        inner.AsBuilder()
            .UseSoftBestOfN(Reward, 4, 0.5f, options =>
            {
                options.Seed = 42;
                configure?.Invoke(options);
            })
            .Build();
}
