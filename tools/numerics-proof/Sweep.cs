namespace SoftBoN.NumericsProof;

/// <summary>Runs the parts of a range on all threads and says on a terminal how far it is.</summary>
/// <param name="threads">How many threads work.</param>
/// <param name="stride">1 tries every number of a range; s tries every s-th one, and the last.</param>
internal sealed class Sweep(int threads, uint stride)
{
    private const long NumbersPerPart = 1L << 22;

    private readonly Lock gate = new();

    public int Threads { get; } = threads;

    public uint Stride { get; } = stride;

    public bool IsExhaustive => Stride == 1;

    /// <summary>Runs a range in parts; each part gets its first number and how many it has, at the stride.</summary>
    /// <param name="what">Named on the terminal.</param>
    /// <param name="first">The first number of the range.</param>
    /// <param name="last">Its last number.</param>
    /// <param name="part">Given the part's first number and its length in numbers; must be safe on any thread.</param>
    public void Run(string what, long first, long last, Action<long, int> part)
    {
        long numbers = ((last - first) / Stride) + 1;
        long parts = (numbers + NumbersPerPart - 1) / NumbersPerPart;
        long done = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = Threads };
        Parallel.For(0L, parts, options, index =>
        {
            long skipped = index * NumbersPerPart;
            part(first + (skipped * Stride), (int)Math.Min(NumbersPerPart, numbers - skipped));
            Show(what, Interlocked.Increment(ref done), parts);
        });
        if (!IsExhaustive && (last - first) % Stride != 0)
        {
            part(last, 1);
        }

        Hide();
    }

    /// <summary>Adds a part's tally to the total, one thread at a time.</summary>
    public void Collect(ref Tally total, in Tally part)
    {
        lock (gate)
        {
            total.Add(in part);
        }
    }

    private static void Show(string what, long done, long parts)
    {
        if (!Console.IsErrorRedirected)
        {
            Console.Error.Write($"\r{what}: {100 * done / parts,3} %   ");
        }
    }

    private static void Hide()
    {
        if (!Console.IsErrorRedirected)
        {
            Console.Error.Write("\r" + new string(' ', 60) + "\r");
        }
    }
}
