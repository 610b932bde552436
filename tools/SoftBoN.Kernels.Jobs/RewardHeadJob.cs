using System.Runtime.InteropServices;

namespace SoftBoN.Kernels.Jobs;

/// <summary>A reward head on hidden states, one score for each row.</summary>
internal sealed unsafe class RewardHeadJob(Shape shape, NumberFormat format = NumberFormat.Float32) : Job(shape)
{
    private readonly NumberMatrix _hidden = new(shape, format);
    private readonly NumberMatrix _weights = new(new Shape(1, shape.Columns), NumberFormat.Float32);
    private readonly float[] _scores = new float[shape.Rows];

    public ReadOnlySpan<float> Scores => _scores;

    public override double BytesPerElement => _hidden.BytesPerElement;

    public override float* Input => _hidden.Pointer;

    public override long InputFloats => _hidden.Floats;

    public override void Run(SoftBonEngine engine, int rows) => engine.ScoreRewards(
        _hidden.First(rows),
        new RewardHead { Weights = _weights.First(1) },
        default,
        new RewardScoringOutputs { Scores = _scores });

    public override Action<SoftBonQueue> Place(ResidentJob memory)
    {
        DeviceTokenMatrix hidden = _hidden.Place(memory);
        DeviceTokenMatrix weights = _weights.Place(memory);
        DeviceBuffer<float> scores = memory.Out<float>(Shape.Rows);
        return queue => queue.ScoreRewards(hidden, new() { Weights = weights }, default, new() { Scores = scores });
    }

    public override void Dispose()
    {
        _hidden.Dispose();
        _weights.Dispose();
    }

    protected override void Clear() => _scores.AsSpan().Fill(float.NaN);

    protected override byte[] Outputs() => MemoryMarshal.AsBytes(_scores.AsSpan()).ToArray();
}
