using System.Runtime.InteropServices;

namespace SoftBoN.Kernels.Jobs;

/// <summary>From hidden states, a row for each candidate, to a pick for each prompt of 16 candidates.</summary>
internal sealed unsafe class RewardPlanJob : Job
{
    private const int CandidatesPerPrompt = 16;

    private readonly NumberMatrix _hidden;
    private readonly RewardPlan _plan;
    private readonly int[] _index;

    public RewardPlanJob(Shape shape)
        : base(shape)
    {
        _hidden = new NumberMatrix(shape, NumberFormat.Float32);
        using var weights = new NumberMatrix(new Shape(1, shape.Columns), NumberFormat.Float32);
        _plan = RewardPlan.FromHead(new RewardHead { Weights = weights.First(1) });
        _index = new int[shape.Rows];
    }

    public override double BytesPerElement => _hidden.BytesPerElement;

    public override float* Input => _hidden.Pointer;

    public override long InputFloats => _hidden.Floats;

    /// <summary>On a device a plan runs in device memory, so that a call with the caller's is copies, a queue and copies.</summary>
    public override void Run(SoftBonEngine engine, int rows)
    {
        if (BackendNames.IsDevice(engine.Device.Backend))
        {
            using var resident = new ResidentJob(this, engine);
            resident.Run();
            MemoryMarshal.Cast<byte, int>(resident.Outputs()).CopyTo(_index);
            return;
        }

        engine.Run(
            _plan,
            new RewardPlanInputs { Hidden = _hidden.First(rows) },
            Rows.Dense(rows / Candidates(rows), Candidates(rows)),
            new SelectionOptions { Lambda = UsualLambda, Seed = NextSeed() },
            new RewardPlanOutputs { Selection = new() { Index = _index } });
    }

    public override Action<SoftBonQueue> Place(ResidentJob memory)
    {
        DeviceTokenMatrix hidden = _hidden.Place(memory);
        DeviceBuffer<int> index = memory.Out<int>(Prompts);
        return queue => queue.Run(
            _plan,
            new() { Hidden = hidden },
            DeviceRows.Dense(Prompts, Candidates(Shape.Rows)),
            new() { Lambda = UsualLambda, Seed = NextSeed() },
            new() { Selection = new() { Index = index } });
    }

    public override void Dispose() => _hidden.Dispose();

    protected override void Clear() => _index.AsSpan().Fill(-1);

    protected override byte[] Outputs() => MemoryMarshal.AsBytes(_index.AsSpan(0, Prompts)).ToArray();

    private int Prompts => Shape.Rows / Candidates(Shape.Rows);

    /// <summary>A prompt's candidates; rows that do not come out even are one prompt's.</summary>
    private static int Candidates(int rows) => rows % CandidatesPerPrompt == 0 ? CandidatesPerPrompt : rows;
}
