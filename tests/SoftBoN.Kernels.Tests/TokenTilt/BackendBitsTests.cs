namespace SoftBoN.Kernels.Tests.TokenTilt;

/// <summary>Every backend and any number of threads return what the scalar loops return, with the same bits.</summary>
public sealed class BackendBitsTests
{
    public static TheoryData<int> Lengths => [1, 2, 31, 128, 999, 1024, 1025, 4097];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Rows_of_all_kinds(int length)
    {
        for (ulong seed = 0; seed < 12; seed++)
        {
            TokenCase call = RandomTokens.Make((1000 * (ulong)length) + seed, length, 24);
            AssertAllAgree(call, $"{length} tokens, case {seed}");
        }
    }

    [Fact]
    public void Short_lengths_one_by_one()
    {
        for (int length = 1; length < 140; length++)
        {
            AssertAllAgree(RandomTokens.Make(7_000_000 + (ulong)length, length, 6), $"{length} tokens");
        }
    }

    [Theory]
    [InlineData(50_257)]
    [InlineData(128_256)]
    [InlineData(151_936)]
    [InlineData(262_144)]
    public void Long_vocabularies(int length)
    {
        var random = new RandomRewards(621);
        foreach (TokenNoise noise in Enum.GetValues<TokenNoise>())
        {
            foreach (float spread in new[] { 0.1f, 8f })
            {
                var call = new TokenCase(length, Array.ConvertAll(random.Row(length), l => spread * l))
                {
                    Rewards = random.Row(length),
                    Noise = noise,
                    Draws = 4,
                    Top = 20,
                };
                AssertAllAgree(call, $"{length} tokens, {noise}, spread {spread}");
                AssertAllAgree(call with { Rewards = [], TopK = [50], TopP = [0.9f] }, $"{length} truncated, {noise}");
            }
        }
    }

    [Fact]
    public void Every_output_by_itself()
    {
        for (ulong seed = 0; seed < 10; seed++)
        {
            TokenCase call = RandomTokens.Make(8_000_000 + seed, 1300, 12);
            TokenResult expected = TokenResult.Of(Engines.Reference, call);
            foreach (TokenResult result in TokenResult.OneByOne(Engines.Simd, call))
            {
                TokenResult.AssertSame(expected, result, $"one output, case {seed}");
            }
        }
    }

    [Theory]
    [InlineData(0ul)]
    [InlineData(ulong.MaxValue)]
    [InlineData(1ul << 63)]
    public void Extreme_seeds_and_positions(ulong extreme)
    {
        var call = new TokenCase(1100, new RandomRewards(622).Row(3300)) { Draws = 3, Noise = TokenNoise.PerToken };

        AssertAllAgree(call with { Seeds = [extreme] }, "seed");
        AssertAllAgree(call with { Positions = [extreme], Noise = TokenNoise.PerBlock }, "position");
    }

    private static void AssertAllAgree(TokenCase call, string what)
    {
        TokenResult expected = TokenResult.Of(Engines.Reference, call);
        TokenResult.AssertSame(expected, TokenResult.Of(Engines.Simd, call), $"{what}, simd");
        TokenResult.AssertSame(expected, TokenResult.TokensOf(Engines.Simd, call), $"{what}, simd, tokens alone");
        TokenResult.AssertSame(expected, TokenResult.Of(Engines.Simd2, call), $"{what}, two threads");
    }
}
