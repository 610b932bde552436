namespace SoftBoN.Kernels.Tests;

/// <summary>What a random row is like.</summary>
internal enum Mood
{
    Normal,
    FarFromZero,
    Ties,
    AllEqual,
    SomeExcluded,
    OneIncluded,
    Zeros,
    Subnormal,
    Tiny,
    Huge,
    AnyBits,
    AllExcluded,
    WithNaN,
    WithInfinity,
}

/// <summary>Random rewards, the same in every run: SplitMix64 and what is made of it.</summary>
internal sealed class RandomRewards(ulong seed)
{
    private ulong state = seed;

    public static Mood[] Moods { get; } = Enum.GetValues<Mood>();

    /// <summary>Moods whose rows have a result.</summary>
    public static Mood[] Usable { get; } = [.. Moods.Where(mood => mood < Mood.AllExcluded)];

    public ulong NextWord()
    {
        state += 0x9E3779B97F4A7C15;
        ulong z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>Uniform on (0, 1).</summary>
    public double NextUnit() => ((NextWord() >> 12) + 0.5) / (1L << 52);

    public int NextInt(int below) => (int)(NextUnit() * below);

    public double NextNormal() => Math.Sqrt(-2 * Math.Log(NextUnit())) * Math.Cos(2 * Math.PI * NextUnit());

    public float[] Row(int length, Mood mood = Mood.Normal)
    {
        float[] row = new float[length];
        float common = (float)NextNormal();
        for (int i = 0; i < length; i++)
        {
            row[i] = Reward(mood, common);
        }

        int special = NextInt(length);
        row[special] = mood switch
        {
            Mood.OneIncluded => common,
            Mood.WithNaN => float.NaN,
            Mood.WithInfinity => float.PositiveInfinity,
            _ => row[special],
        };
        return row;
    }

    /// <summary>A row of each length, of the moods in turn.</summary>
    public Batch Rows(IEnumerable<int> lengths, params Mood[] moods) =>
        Batch.Of([.. lengths.SelectMany(length => moods.Select(mood => Row(length, mood)))]);

    public T[] Shuffled<T>(IEnumerable<T> values)
    {
        T[] result = [.. values];
        for (int i = result.Length - 1; i > 0; i--)
        {
            int j = NextInt(i + 1);
            (result[i], result[j]) = (result[j], result[i]);
        }

        return result;
    }

    private float Reward(Mood mood, float common) => mood switch
    {
        Mood.FarFromZero => 1000f + (float)NextNormal(),
        Mood.Ties => NextInt(5) / 4f,
        Mood.AllEqual => common,
        Mood.OneIncluded or Mood.AllExcluded => float.NegativeInfinity,
        Mood.Zeros => NextInt(2) == 0 ? 0f : -0f,
        Mood.Subnormal => (float)NextNormal() * 1e-39f,
        Mood.Tiny => (float)NextNormal() * 1e-31f,
        Mood.Huge => (float)((2 * NextUnit()) - 1) * 3.4e38f,
        Mood.AnyBits => AnyFinite(),
        Mood.SomeExcluded or Mood.WithNaN or Mood.WithInfinity when NextInt(4) == 0 => float.NegativeInfinity,
        _ => (float)NextNormal(),
    };

    private float AnyFinite()
    {
        float value = BitConverter.UInt32BitsToSingle((uint)NextWord());
        return float.IsFinite(value) ? value : 1f;
    }
}
