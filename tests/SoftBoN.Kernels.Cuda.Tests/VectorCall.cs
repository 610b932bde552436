using System.Runtime.InteropServices;
using System.Text;

namespace SoftBoN.Kernels.Cuda.Tests;

/// <summary>A committed vector as a call: its arrays by name, in device memory.</summary>
internal sealed class VectorCall
{
    private const string Expected = ">";
    private const int Alignment = 8;

    private readonly Dictionary<string, (char Type, byte[] Bytes)> fields = [];
    private readonly Dictionary<string, nuint> outputs = [];

    public string Name => Text("case");

    public string Operation => Text("operation");

    /// <summary>Values that a kernel goes through: what a call costs.</summary>
    public long Cost => (Length("rewards") + Length("logits") + Length("hidden")) * Math.Max(1, Number("draws"))
        * Math.Max(1, Number("proposals"));

    /// <summary>Whether there is a value to look at: not where there are no rows.</summary>
    public bool ExpectsValues =>
        fields.Any(one => one.Key.StartsWith(Expected, StringComparison.Ordinal) && one.Value.Bytes.Length > 0);

    /// <summary>The one step of a plan; null where tokens are pooled.</summary>
    public CudaRewardStep? Step
    {
        get
        {
            const int Penalize = 3;
            const int Table = 3;
            const int Clip = 4;
            if (!Has("step"))
            {
                return null;
            }

            int[] step = Values<int>("step");
            float[] parameters = Values<float>("step.parameters");
            return (step[0], step[1]) switch
            {
                (Penalize, _) => CudaRewardStep.Penalize(parameters[0], parameters[1]),
                (_, Table) => CudaRewardStep.Calibrate(Values<float>("table")),
                (_, Clip) => CudaRewardStep.Clip(parameters[0], parameters[1]),
                (_, int how) => CudaRewardStep.Calibrate(CudaCalibrationKind.ZScore + how),
            };
        }
    }

    /// <summary>Which parameters it has, and which of the few kinds that some of them come in.</summary>
    private IEnumerable<string> Features =>
    [
        .. fields.Where(one => one.Value.Bytes.Length > 0).Select(one => one.Key),
        .. from name in new[] { "noise", "distinct", "lambda.kind", "mode" } select $"{name} {Number(name)}",
        .. from name in new[] { "rows", "logits.shape", "rewards.shape", "hidden.shape" }
           where Has(name)
           select $"{name} {Values<long>(name)[0]}",
        $"draws {Number("draws") > 1}",
        $"step {string.Join(' ', Values<int>("step"))}",
        $"pooling {Number("pooling")} of rows {Values<long>("rows").FirstOrDefault()}",
    ];

    /// <summary>Reads a file that CallWriter wrote.</summary>
    public static IEnumerable<VectorCall> ReadAll(string path)
    {
        using var reader = new BinaryReader(File.OpenRead(path));
        VectorCall? call = null;
        while (reader.BaseStream.Position < reader.BaseStream.Length)
        {
            var type = (char)reader.ReadByte();
            string name = Encoding.ASCII.GetString(reader.ReadBytes(reader.ReadByte()));
            Align(reader.BaseStream);
            long count = reader.ReadInt64();
            byte[] bytes = reader.ReadBytes((int)count * SizeOf(type));
            Align(reader.BaseStream);
            if (name == "case")
            {
                if (call != null)
                {
                    yield return call;
                }

                call = new VectorCall();
            }

            call!.fields[name] = (type, bytes);
        }

        yield return call!;
    }

    /// <summary>Adds what it has to what was seen.</summary>
    /// <returns>Whether it has something that was not.</returns>
    public bool AddsTo(HashSet<string> seen)
    {
        int before = seen.Count;
        seen.UnionWith(Features);
        return seen.Count > before;
    }

    public bool Has(string name) => fields.ContainsKey(name);

    /// <summary>The number of values of an array.</summary>
    public int Length(string name) =>
        fields.TryGetValue(name, out (char Type, byte[] Bytes) field) ? field.Bytes.Length / SizeOf(field.Type) : 0;

    /// <summary>The first value of an array of integers; 0 where absent.</summary>
    public int Number(string name) => !Has(name) ? 0
        : fields[name].Type == 'b' ? Values<byte>(name)[0]
        : Values<int>(name)[0];

    public T[] Values<T>(string name)
        where T : unmanaged => Has(name) ? MemoryMarshal.Cast<byte, T>(fields[name].Bytes).ToArray() : [];

    /// <summary>An input in device memory; 0 where absent.</summary>
    public nuint Put(KernelPlayer player, string name) => Has(name) ? player.Put<byte>(fields[name].Bytes) : 0;

    /// <summary>Memory for an output; 0 where the vector expects none.</summary>
    public nuint Out(KernelPlayer player, string name)
    {
        if (!fields.TryGetValue(Expected + name, out (char Type, byte[] Bytes) field) || field.Bytes.Length == 0)
        {
            return 0;
        }

        return outputs[name] = player.Take(field.Bytes.Length);
    }

    public CudaPerRow<T> PerRow<T>(KernelPlayer player, string name)
        where T : unmanaged => Has(name + ".per_row") ? CudaPerRow.At<T>(Put(player, name + ".per_row"))
            : Has(name) ? Values<T>(name)[0]
            : default(CudaPerRow<T>);

    public CudaLambda Lambda(KernelPlayer player)
    {
        CudaPerRow<float> values = Has("lambda.per_row")
            ? CudaPerRow.At<float>(Put(player, "lambda.per_row"))
            : Values<float>("lambda.value")[0];
        return Number("lambda.kind") switch
        {
            1 => values,
            2 => CudaLambda.AllowNegative(values),
            3 => CudaLambda.TargetKl(values),
            4 => CudaLambda.TargetEss(values),
            _ => default,
        };
    }

    public CudaRows Rows(KernelPlayer player)
    {
        const int Ragged = 2;
        const int Mapped = 3;
        long[] shape = Values<long>("rows");
        int rows = (int)shape[1];
        long[] starts = Values<long>("rows.starts");
        int[] lengths = shape[0] == Ragged
            ? [.. starts.Skip(1).Zip(starts, (end, start) => (int)(end - start))]
            : Values<int>("rows.lengths");
        int longest = lengths.DefaultIfEmpty().Max();
        long candidates = lengths.Sum(length => (long)length);
        long[] packed = [.. lengths.Select((_, row) => lengths.Take(row).Sum(length => (long)length))];
        return shape[0] switch
        {
            Ragged => CudaRows.Ragged(rows, Put(player, "rows.starts"), longest, candidates, Length("rewards")),
            Mapped => CudaRows.Mapped(
                rows,
                Put(player, "rows.starts"),
                Put(player, "rows.lengths"),
                player.Put<long>(packed),
                longest,
                candidates,
                Length("rewards")),
            _ => new CudaRows(rows, (int)shape[2], shape[3], shape[4]),
        };
    }

    /// <summary>Rewards of tokens, and how they are pooled.</summary>
    public CudaRewardPooling Tokens(KernelPlayer player, SoftBonCuda cuda)
    {
        CudaRows rows = Rows(player);
        var pooling = new CudaPooling((CudaPoolingKind)Number("pooling"), Values<float>("pooling.parameter")[0]);
        return new CudaRewardPooling
        {
            Rewards = Put(player, "rewards"),
            Rows = rows,
            Pooling = cuda.Prepare(pooling, rows.Columns),
        };
    }

    public CudaMatrix Matrix(KernelPlayer player, string name)
    {
        long[] shape = Values<long>(name + ".shape");
        return shape.Length == 0 || !Has(name)
            ? default
            : new CudaMatrix(Put(player, name), (int)shape[1], (int)shape[2], shape[3], (CudaFormat)shape[0]);
    }

    /// <summary>An output of one value per token, without gaps.</summary>
    public CudaMatrix Like(KernelPlayer player, CudaMatrix logits, string name) =>
        logits with { Address = Out(player, name), RowStride = logits.Columns };

    /// <summary>Which outputs have other bits than the vector's; none where all are equal.</summary>
    public IEnumerable<string> Differences() =>
        from output in outputs
        let expected = fields[Expected + output.Key].Bytes
        where !expected.AsSpan().SequenceEqual(KernelPlayer.Get<byte>(output.Value, expected.Length))
        select $"{Name}: {output.Key}";

    /// <summary>Outputs that the vector expects and nobody asked for.</summary>
    public IEnumerable<string> NotAskedFor() => fields.Keys
        .Where(name => name.StartsWith(Expected, StringComparison.Ordinal) && fields[name].Bytes.Length > 0)
        .Select(name => name[1..])
        .Except(outputs.Keys);

    private string Text(string name) => Encoding.UTF8.GetString(fields[name].Bytes);

    private static int SizeOf(char type) => type switch { 's' or 'b' => 1, 'h' => 2, 'l' or 'L' => 8, _ => 4 };

    private static void Align(Stream stream) =>
        stream.Position = (stream.Position + Alignment - 1) / Alignment * Alignment;
}
