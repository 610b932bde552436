using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.AI;

namespace SoftBoN.Kernels.Hosting;

/// <summary>Options that were checked and change no more.</summary>
internal sealed class SoftBestOfNSettings
{
    private readonly Func<IReadOnlyList<ChatMessage>, ChatOptions?, ulong> position;
    private readonly ulong seed;
    private readonly float? lambda;
    private readonly float klBudget;

    public SoftBestOfNSettings(SoftBestOfNOptions options)
    {
        options.Check();
        N = options.N;
        MaxConcurrency = options.MaxConcurrency;
        MinimumSuccesses = options.MinimumSuccesses;
        MaxReward = options.MaxReward;
        lambda = options.Lambda;
        klBudget = options.KlBudget ?? 0;
        seed = options.Seed;
        position = options.Position ?? ((messages, _) => HashOf(messages));
    }

    public int N { get; }

    public int MaxConcurrency { get; }

    public int MinimumSuccesses { get; }

    public float? MaxReward { get; }

    public Lambda Lambda => lambda is { } given ? given : Lambda.TargetKl(klBudget);

    public ulong SeedOf(ChatOptions? request) => request?.Seed is { } given ? Mix(seed ^ Mix((ulong)given)) : seed;

    public ulong PositionOf(IReadOnlyList<ChatMessage> messages, ChatOptions? request) => position(messages, request);

    /// <summary>
    /// Draws under one seed would be one response n times, and neighbouring seeds would share draws: each draw has a seed of
    /// its own, which every service takes (31 bits).
    /// </summary>
    public static long DrawSeed(long requestSeed, int draw) =>
        (long)(Mix(Mix((ulong)requestSeed) + (ulong)draw) & int.MaxValue);

    /// <summary>The finalizer of SplitMix64 (Steele, Lea, Flood 2014): a bijection that spreads neighbours.</summary>
    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    private static ulong HashOf(IReadOnlyList<ChatMessage> messages)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (ChatMessage message in messages)
        {
            Append(message.Role.Value, length);
            Append(message.Text, length);
        }

        return BinaryPrimitives.ReadUInt64LittleEndian(hash.GetHashAndReset());

        // Lengths go first, so that no two lists of texts run together to the same bytes.
        void Append(string text, Span<byte> prefix)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            BinaryPrimitives.WriteInt32LittleEndian(prefix, bytes.Length);
            hash.AppendData(prefix);
            hash.AppendData(bytes);
        }
    }
}
