using System.Runtime.InteropServices;
using ILGPU;
using ILGPU.Runtime;
using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Bench.Devices;

/// <summary>
/// The kernels of one job on a batch from files, over copies that no cache holds together; checked against the processor's
/// vectors before anything is timed.
/// </summary>
internal sealed class InputCase : IDisposable
{
    private const float Lambda = 0.5f;
    private const float Temperature = 0.8f;
    private const ulong Seed = 1;

    /// <summary>More than twice the last cache of any GPU there is, and no more than so many copies.</summary>
    private const long FilledBytes = 256 << 20;
    private const int MostCopies = 64;

    private readonly KernelDevice on;
    private readonly InputFiles files;
    private readonly byte[] values;
    private readonly byte[] others;
    private readonly List<MemoryBuffer> memory = [];
    private readonly ArrayView<byte>[] valueViews;
    private readonly ArrayView<byte>[] otherViews;
    private readonly ArrayView<int> index;
    private readonly ArrayView<float> floats;
    private readonly ArrayView<byte> workspace;

    public InputCase(KernelDevice on, InputFiles files)
    {
        (this.on, this.files) = (on, files);
        values = File.ReadAllBytes(files.Values);
        others = files.Others == null ? [] : File.ReadAllBytes(files.Others);
        int copies = (int)Math.Clamp(FilledBytes / values.Length, 1, MostCopies);
        valueViews = [.. Enumerable.Range(0, copies).Select(_ => Kept(values))];
        otherViews = [.. Enumerable.Range(0, others.Length == 0 ? 0 : copies).Select(_ => Kept(others))];
        index = Kept(new byte[sizeof(int) * files.Shape.Rows]).Cast<int>();
        long outputs = files.Job == InputJob.Weights ? files.Shape.Elements : files.Shape.Rows;
        floats = Kept(new byte[sizeof(float) * outputs]).Cast<float>();
        workspace = Kept(new byte[Math.Max(1, WorkspaceBytes)]);
    }

    private long WorkspaceBytes => files.Job switch
    {
        InputJob.Weights => on.Programs.WorkspaceBytes(WeightArgs(0)),
        InputJob.Select => on.Programs.WorkspaceBytes(SelectArgs(0)),
        InputJob.Head => on.Programs.WorkspaceBytes(HeadArgs(0)),
        _ => on.Programs.WorkspaceBytes(TokenArgs(0)),
    };

    /// <summary>The median seconds of one call's launches.</summary>
    public double Measure(int rounds)
    {
        Check();
        double[] times = [.. Enumerable.Range(0, rounds + 2).Select(_ => on.Time(Launch)).Skip(2).Order()];
        return times[times.Length / 2];
    }

    public void Dispose() => memory.ForEach(buffer => buffer.Dispose());

    private void Launch(int number)
    {
        int copy = number % valueViews.Length;
        switch (files.Job)
        {
            case InputJob.Weights:
                on.Programs.SoftWeights(on.Stream, WeightArgs(copy), workspace);
                break;
            case InputJob.Select:
                on.Programs.Select(on.Stream, SelectArgs(copy), workspace);
                break;
            case InputJob.Head:
                on.Programs.ScoreRewards(on.Stream, HeadArgs(copy), workspace);
                break;
            default:
                on.Programs.TiltTokens(on.Stream, TokenArgs(copy), workspace);
                break;
        }
    }

    private SoftWeightsDeviceArgs WeightArgs(int copy) => new()
    {
        Rows = RowsOf(copy),
        Lambda = new() { Scalar = Lambda },
        Weights = floats,
    };

    private SelectionDeviceArgs SelectArgs(int copy) => new()
    {
        Rows = RowsOf(copy),
        Lambda = new() { Scalar = Lambda },
        Seed = new() { Scalar = Seed },
        PositionIsRow = true,
        Draws = 1,
        Index = index,
    };

    private TokenTiltDeviceArgs TokenArgs(int copy) => new()
    {
        Rows = files.Shape.Rows,
        Columns = files.Shape.Columns,
        Logits = TokensOf(valueViews[copy], files.Shape.Rows),
        Rewards = files.Job == InputJob.Tilt ? TokensOf(otherViews[copy], files.Shape.Rows) : default,
        LambdaKind = LambdaKind.Given,
        Lambda = new() { Scalar = Lambda },
        Temperature = new() { Scalar = Temperature },
        TopP = new() { Scalar = 1f },
        TopNSigma = new() { Scalar = float.PositiveInfinity },
        LeastLogit = new() { Scalar = float.NegativeInfinity },
        Seed = new() { Scalar = Seed },
        PositionIsRow = true,
        Draws = 1,
        Token = index,
        LogSumExp = floats,
    };

    private RewardScoringDeviceArgs HeadArgs(int copy) => new()
    {
        Rows = files.Shape.Rows,
        Dimension = files.Shape.Columns,
        Hidden = TokensOf(valueViews[copy], files.Shape.Rows),
        Weights = TokensOf(otherViews[copy], 1),
        Heads = 1,
        Reward = floats,
    };

    private Ops.DeviceRows RowsOf(int copy) => KernelTimer.Dense(valueViews[copy].Cast<float>(), files.Shape);

    private DeviceTokens TokensOf(ArrayView<byte> bytes, int rows)
    {
        bool isWide = files.Element == TokenElement.Float32;
        return new()
        {
            Element = files.Element,
            RowStride = files.Shape.Columns,
            Rows = rows,
            Wide = isWide ? bytes.Cast<float>() : default,
            Narrow = isWide ? default : bytes.Cast<ushort>(),
        };
    }

    private ArrayView<byte> Kept(byte[] bytes)
    {
        MemoryBuffer1D<byte, Stride1D.Dense> buffer = on.Accelerator.Allocate1D(bytes);
        memory.Add(buffer);
        return buffer.View.BaseView;
    }

    private void Check()
    {
        Launch(0);
        on.Stream.Synchronize();
        int[] picks = new int[files.Shape.Rows];
        float[] results = new float[floats.Length];
        using (SoftBonEngine simd = Engines.Simd(Environment.ProcessorCount))
        {
            Compute(simd, picks, results);
        }

        if (!Same(picks, index.GetAsArray()) || !Same(results, floats.GetAsArray()))
        {
            throw new InvalidOperationException(
                $"{files.Operation} {files.Shape}: other bits than on the processor; nothing is timed.");
        }
    }

    private void Compute(SoftBonEngine simd, int[] picks, float[] results)
    {
        var rows = Rows.Dense(files.Shape.Rows, files.Shape.Columns);
        switch (files.Job)
        {
            case InputJob.Weights:
                simd.SoftWeights(Floats(values), rows, Lambda, new() { Weights = results });
                break;
            case InputJob.Select:
                simd.Select(Floats(values), rows, new() { Lambda = Lambda, Seed = Seed }, picks.AsSpan());
                break;
            case InputJob.Head:
                simd.ScoreRewards(
                    MatrixOf(values, files.Shape.Rows), new RewardHead { Weights = MatrixOf(others, 1) }, new(),
                    new() { Reward = results });
                break;
            default:
                simd.TiltTokens(
                    MatrixOf(values, files.Shape.Rows),
                    new()
                    {
                        Temperature = Temperature,
                        Lambda = Lambda,
                        Rewards = files.Job == InputJob.Tilt ? MatrixOf(others, files.Shape.Rows) : default,
                        Seed = Seed,
                    },
                    new() { Token = picks, LogSumExp = results });
                break;
        }
    }

    private TokenMatrix MatrixOf(byte[] bytes, int rows) => files.Element == TokenElement.Float32
        ? TokenMatrix.Of(Floats(bytes), rows, files.Shape.Columns)
        : TokenMatrix.OfBFloat16(MemoryMarshal.Cast<byte, ushort>(bytes), rows, files.Shape.Columns);

    private static ReadOnlySpan<float> Floats(byte[] bytes) => MemoryMarshal.Cast<byte, float>(bytes);

    private static bool Same<T>(T[] expected, T[] actual)
        where T : unmanaged =>
        MemoryMarshal.AsBytes<T>(expected).SequenceEqual(MemoryMarshal.AsBytes<T>(actual));
}
