namespace SoftBoN.Kernels.Vectors.Data;

/// <summary>Arrays from the texts of vector files; tests/vectors/README.md lists the kinds.</summary>
internal static class Inputs
{
    /// <summary>The stream of words that decides which places a mask takes.</summary>
    private const ulong MaskStream = 1;

    public static float[] Floats(string text)
    {
        SpecText spec = SpecText.Parse(text);
        float[] floats = spec.Kind switch
        {
            "values" => [.. spec.Values.Select(SpecText.ToFloat)],
            "constant" => [.. Enumerable.Repeat(SpecText.ToFloat(spec.Option("value")), spec.Int("count"))],
            "grid" => FromWords(spec, FloatsFromWords.Grid),
            "spread" => FromWords(spec, word => FloatsFromWords.Spread(word, spec.Int("from"), spec.Int("to"))),
            "negative" => FromWords(
                spec, word => -MathF.Abs(FloatsFromWords.Spread(word, spec.Int("from"), spec.Int("to")))),
            "positive" => FromWords(
                spec, word => MathF.Abs(FloatsFromWords.Spread(word, spec.Int("from"), spec.Int("to")))),
            "steps" => FromWords(spec, word => FloatsFromWords.Step(word, spec.Int("of"))),
            _ => throw spec.Unknown("values, constant, grid, spread, negative, positive or steps"),
        };
        Mask(spec, floats);
        foreach ((int place, string value) in spec.Patches)
        {
            floats[place] = SpecText.ToFloat(value);
        }

        return floats;
    }

    /// <summary>The bits of floats, or random words themselves.</summary>
    public static uint[] Bits(string text)
    {
        SpecText spec = SpecText.Parse(text);
        return spec.Kind == "words" ? WordsOf(spec) : [.. Floats(text).Select(BitConverter.SingleToUInt32Bits)];
    }

    /// <summary>Names of candidates: distinct as long as the factor is odd.</summary>
    public static uint[] Elements(string text)
    {
        SpecText spec = SpecText.Parse(text);
        uint factor = (uint)spec.UInt64("factor");
        uint shift = (uint)spec.UInt64("shift");
        IEnumerable<int> places = Enumerable.Range(0, spec.Int("count"));
        return spec.Kind == "affine"
            ? Patch(spec, [.. places.Select(i => unchecked(((uint)i * factor) + shift))])
            : throw spec.Unknown("affine");
    }

    /// <summary>Answers -1 to of - 1.</summary>
    public static int[] Answers(string text)
    {
        SpecText spec = SpecText.Parse(text);
        return spec.Kind switch
        {
            "values" => [.. spec.Values.Select(SpecText.ToInt)],
            "words" => [.. WordsOf(spec).Select(word => (int)(word % (uint)(spec.Int("of") + 1)) - 1)],
            _ => throw spec.Unknown("values or words"),
        };
    }

    private static uint[] Patch(SpecText spec, uint[] values)
    {
        foreach ((int place, string value) in spec.Patches)
        {
            values[place] = (uint)SpecText.ToUInt64(value);
        }

        return values;
    }

    private static uint[] WordsOf(SpecText spec) => Words.Make(spec.UInt64("seed"), 0, spec.Int("count"));

    private static float[] FromWords(SpecText spec, Func<uint, float> map) => [.. WordsOf(spec).Select(map)];

    private static void Mask(SpecText spec, float[] floats)
    {
        int every = spec.Int("mask", 0);
        if (every == 0)
        {
            return;
        }

        uint[] words = Words.Make(spec.UInt64("seed"), MaskStream, floats.Length);
        for (int i = 0; i < floats.Length; i++)
        {
            if (words[i] % (uint)every == 0)
            {
                floats[i] = float.NegativeInfinity;
            }
        }
    }
}
