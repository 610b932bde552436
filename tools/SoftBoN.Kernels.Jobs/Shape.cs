using System.Globalization;

namespace SoftBoN.Kernels.Jobs;

/// <summary>The shape of a batch: rows (prompts) of equal length (candidates).</summary>
public readonly record struct Shape(int Rows, int Columns)
{
    /// <summary>Candidates in all rows.</summary>
    public long Elements => (long)Rows * Columns;

    /// <summary>The shapes that every operation is measured at; the last is a multiple of no vector's width.</summary>
    public static IReadOnlyList<Shape> Usual { get; } =
        [new(8192, 64), new(1024, 512), new(128, 4096), new(170, (6 * 512) + 7)];

    /// <summary>The shapes that more than one thread is measured at; the last is far beyond any cache.</summary>
    public static IReadOnlyList<Shape> Threaded { get; } =
        [new(8192, 64), new(65536, 64), new(8192, 512), new(8192, 4096)];

    /// <summary>Rows of logits of a large vocabulary, within the last cache and far beyond it.</summary>
    public static IReadOnlyList<Shape> Vocabularies { get; } = [new(16, 128_256), new(256, 128_256)];

    /// <summary>Rows of hidden states of a reward model, far beyond any cache.</summary>
    public static IReadOnlyList<Shape> HiddenStates { get; } = [new(16384, 4096), new(20000, 777)];

    /// <summary>Batches that grow, of short rows and of long ones.</summary>
    public static IReadOnlyList<Shape> Growing { get; } =
        [new(8, 64), new(128, 64), new(1024, 64), new(8192, 64), new(1, 4096), new(16, 4096), new(128, 4096)];

    /// <summary>Rows of logits that grow in number, of a small vocabulary and of large ones.</summary>
    public static IReadOnlyList<Shape> GrowingVocabularies { get; } =
        [new(1, 32_768), new(4, 32_768), new(16, 32_768), new(1, 128_256), new(4, 128_256), new(16, 128_256), new(8, 262_144)];

    /// <summary>Hidden states that grow in number.</summary>
    public static IReadOnlyList<Shape> GrowingHiddenStates { get; } = [new(16, 4096), new(128, 4096), new(1024, 4096)];

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Rows}x{Columns}");
}
