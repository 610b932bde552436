using SoftBoN.Kernels.Vectors.Data;
using SoftBoN.Kernels.Vectors.Operations;

namespace SoftBoN.Kernels.Vectors.Randomized;

/// <summary>Random values of everything besides the rewards.</summary>
internal static class RandomParameters
{
    public static LambdaParameter Lambda(WordReader words, int rows)
    {
        LambdaMeaning meaning = words.Below(8) switch
        {
            0 => LambdaMeaning.Kl,
            1 => LambdaMeaning.Ess,
            2 or 3 => LambdaMeaning.Signed,
            _ => LambdaMeaning.Given,
        };
        Func<WordReader, float> value = meaning switch
        {
            LambdaMeaning.Kl => Nats,
            LambdaMeaning.Ess => SampleSize,
            _ => Temperature,
        };

        // Per row, a value out of range is a status; as a scalar it would throw.
        return words.Once(4)
            ? new LambdaParameter(meaning, new RowParameter<float>(1f + words.Below(3)))
            : new LambdaParameter(meaning, new RowParameter<float>(0f, [.. Each(rows, () => value(words))]));
    }

    public static RowParameter<ulong> UInt64(WordReader words, int rows) => words.Once(2)
        ? new RowParameter<ulong>(words.Next64())
        : new RowParameter<ulong>(0, [.. Each(rows, words.Next64)]);

    public static float[] Offsets(WordReader words, int count)
    {
        int kind = words.Below(3);
        int trouble = words.Once(2) ? 20000 : int.MaxValue;
        return
        [
            .. Each(count, () => words.Once(trouble) ? float.NaN
                : words.Once(10) ? float.NegativeInfinity
                : kind == 0 ? FloatsFromWords.Spread(words.Next(), 0, 254)
                : kind == 1 ? FloatsFromWords.Spread(words.Next(), 110, 129)
                : 0f),
        ];
    }

    public static uint[] Elements(WordReader words, int count)
    {
        uint factor = words.Next() | 1;
        uint shift = words.Next();
        int duplicate = words.Once(2) ? 2000 : int.MaxValue;
        uint[] elements = [.. Enumerable.Range(0, count).Select(i => unchecked(((uint)i * factor) + shift))];
        for (int i = 1; i < count; i++)
        {
            elements[i] = words.Once(duplicate) ? elements[i - 1] : elements[i];
        }

        return elements;
    }

    public static int[] Answers(WordReader words, int count)
    {
        int answers = 1 << words.Below(8);
        return [.. Each(count, () => words.Below(answers + 1) - 1)];
    }

    private static float Temperature(WordReader words) => words.Below(32) switch
    {
        0 => 0f,
        1 => float.PositiveInfinity,
        2 => 1e-40f,
        3 => float.NaN,
        4 => -1f,
        5 => -0f,
        6 or 7 => MathF.Abs(FloatsFromWords.Spread(words.Next(), 0, 254)),
        8 or 9 => FloatsFromWords.Spread(words.Next(), 118, 132),
        _ => MathF.Abs(FloatsFromWords.Spread(words.Next(), 118, 132)),
    };

    private static float Nats(WordReader words) => words.Below(16) switch
    {
        0 => 0f,
        1 => float.NaN,
        2 => -1f,
        _ => MathF.Abs(FloatsFromWords.Spread(words.Next(), 112, 129)),
    };

    private static float SampleSize(WordReader words) => words.Below(16) switch
    {
        0 => 1f,
        1 => float.NaN,
        2 => 0.5f,
        3 => 1e6f,
        _ => 1f + MathF.Abs(FloatsFromWords.Spread(words.Next(), 120, 132)),
    };

    private static IEnumerable<T> Each<T>(int count, Func<T> make) => Enumerable.Range(0, count).Select(_ => make());
}
