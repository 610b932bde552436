using SoftBoN.Kernels;

// Both backends of a natively compiled program pick the same candidates, with the same bits behind the picks.
const int Prompts = 64;
const int Candidates = 61;
float[] rewards = new float[Prompts * Candidates];
for (int i = 0; i < rewards.Length; i++)
{
    rewards[i] = i * 2654435761L % 1000 / 250f;
}

Result reference = Run(SoftBonBackend.Reference);
Result simd = Run(SoftBonBackend.Simd);
bool same = reference.Index.AsSpan().SequenceEqual(simd.Index)
    && reference.LogProbability.AsSpan().SequenceEqual(simd.LogProbability);
Console.WriteLine(same
    ? $"{Prompts} prompts x {Candidates} candidates: reference and simd agree, first pick {simd.Index[0]}"
    : "reference and simd differ");

// Without code made at run time there are no devices: Create is CreateHost, and probing says why.
using var auto = SoftBonEngine.Create();
bool onHost = auto.Device.Backend is SoftBonBackend.Simd or SoftBonBackend.Reference
    && SoftBonDevices.Probe().All(report => !report.IsAvailable);
Console.WriteLine($"{auto.Device.Backend}: {auto.Device.Reason}");
return same && onHost ? 0 : 1;

Result Run(SoftBonBackend backend)
{
    using var engine = SoftBonEngine.CreateHost(new SoftBonOptions { Backend = backend });
    var result = new Result(new int[Prompts], new float[Prompts]);
    engine.Select(
        rewards,
        Rows.Dense(Prompts, Candidates),
        new SelectionOptions { Lambda = 0.5f, Seed = 42 },
        new SelectionOutputs { Index = result.Index, LogProbability = result.LogProbability });
    return result;
}

internal sealed record Result(int[] Index, float[] LogProbability);
