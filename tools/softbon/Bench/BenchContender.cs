using SoftBoN.Kernels.Jobs;

namespace SoftBoN.Tool.Bench;

/// <summary>What takes its turn in a case.</summary>
/// <param name="Engine">The engine; null for a ceiling.</param>
/// <param name="Name">The engine's name, or the ceiling's.</param>
/// <param name="Mode">What of a call is timed.</param>
/// <param name="Work">The call.</param>
internal sealed record BenchContender(JobEngine? Engine, string Name, string Mode, Contender Work);
