using SoftBoN.Kernels.Ops;

namespace SoftBoN.CheckPtx;

/// <summary>What is wrong with one kernel, and what it costs on each multiprocessor.</summary>
/// <param name="kernel">The kernel.</param>
internal sealed class KernelReport(DeviceKernel kernel)
{
    private readonly List<Finding> findings = [];
    private readonly List<(Multiprocessor Target, AssembledKernel Assembled)> assembled = [];

    /// <summary>The kernel.</summary>
    public DeviceKernel Kernel { get; } = kernel;

    /// <summary>What is wrong with it.</summary>
    public IReadOnlyList<Finding> Findings => findings;

    /// <summary>What became of it on each multiprocessor that it runs on.</summary>
    public IReadOnlyList<(Multiprocessor Target, AssembledKernel Assembled)> Assembled => assembled;

    /// <summary>What it costs.</summary>
    public IEnumerable<KernelFigures> Figures =>
        assembled.Select(one => KernelFigures.Of(Kernel.Name, one.Target.Name, one.Assembled));

    /// <summary>Adds findings.</summary>
    public void Add(IEnumerable<Finding> more) => findings.AddRange(more);

    /// <summary>Adds a finding.</summary>
    public void Add(string target, string rule, string evidence) =>
        findings.Add(new(Kernel.Name, target, rule, evidence));

    /// <summary>Adds what became of it on a multiprocessor.</summary>
    public void Add(Multiprocessor target, AssembledKernel result) => assembled.Add((target, result));
}
