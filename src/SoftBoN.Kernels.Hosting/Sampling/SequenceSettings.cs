using System.Buffers;
using System.Runtime.InteropServices;

namespace SoftBoN.Kernels.Hosting;

/// <summary>The settings of a step's sequences, one span for each kind, in memory that is borrowed for the step.</summary>
internal readonly ref struct SequenceSettings
{
    /// <summary>Two of eight bytes, seven of four.</summary>
    private const int BytesPerSequence = (2 * sizeof(ulong)) + (7 * sizeof(float));

    private readonly byte[] memory;

    public SequenceSettings(ReadOnlySpan<TiltedSequence> sequences)
    {
        int count = sequences.Length;
        memory = ArrayPool<byte>.Shared.Rent(Math.Max(1, count * BytesPerSequence));
        int used = 0;
        Seed = Take<ulong>(memory, ref used, count);
        Position = Take<ulong>(memory, ref used, count);
        Lambda = Take<float>(memory, ref used, count);
        Temperature = Take<float>(memory, ref used, count);
        TopP = Take<float>(memory, ref used, count);
        MinP = Take<float>(memory, ref used, count);
        TopNSigma = Take<float>(memory, ref used, count);
        TopK = Take<int>(memory, ref used, count);
        Mode = Take<TokenTiltMode>(memory, ref used, count);
        for (int i = 0; i < count; i++)
        {
            TiltedSequence sequence = sequences[i];
            Seed[i] = sequence.Seed;
            Position[i] = sequence.Position;
            Lambda[i] = sequence.Lambda;
            Temperature[i] = sequence.Temperature;
            TopP[i] = sequence.TopP;
            MinP[i] = sequence.MinP;
            TopNSigma[i] = sequence.TopNSigma;
            TopK[i] = sequence.TopK;
            Mode[i] = sequence.Mode;
        }
    }

    public Span<ulong> Seed { get; }

    public Span<ulong> Position { get; }

    public Span<float> Lambda { get; }

    public Span<float> Temperature { get; }

    public Span<float> TopP { get; }

    public Span<float> MinP { get; }

    public Span<float> TopNSigma { get; }

    public Span<int> TopK { get; }

    public Span<TokenTiltMode> Mode { get; }

    public void Dispose() => ArrayPool<byte>.Shared.Return(memory);

    private static Span<T> Take<T>(byte[] memory, scoped ref int used, int count)
        where T : unmanaged
    {
        Span<T> taken = MemoryMarshal.Cast<byte, T>(memory.AsSpan(used))[..count];
        used += MemoryMarshal.AsBytes(taken).Length;
        return taken;
    }
}
