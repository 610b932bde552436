using SoftBoN.Kernels.Bench.Work;

namespace SoftBoN.Kernels.Bench.Compare;

/// <summary>What all processes together say about a contender.</summary>
/// <param name="Name">The contender.</param>
/// <param name="Role">What it is in its case.</param>
/// <param name="Shape">Its batch.</param>
/// <param name="NanosecondsPerElement">The medians of the processes in the default mode: their quartiles.</param>
/// <param name="BestNanosecondsPerElement">The least median of any process in any mode, at its best stack.</param>
/// <param name="NanosecondsPerElementByMode">The median of each mode's processes' medians.</param>
/// <param name="ElementsPerSecond">From the median.</param>
/// <param name="GigabytesPerSecond">The least bytes over the median time.</param>
/// <param name="ShareOfRead">
/// The bandwidth as a share of a bare read's of the same input on one thread in the same rounds; 0 where there is none.
/// </param>
/// <param name="OursIsFaster">Ratios of its time to ours within single rounds, over all default processes.</param>
/// <param name="OursIsFasterThanItsBest">Its best in the default mode over the median of ours.</param>
/// <param name="AllocatedBytesPerCall">The most of any process.</param>
internal sealed record ContenderSummary(
    string Name,
    string Role,
    string Shape,
    Quartiles NanosecondsPerElement,
    double BestNanosecondsPerElement,
    IReadOnlyDictionary<string, double> NanosecondsPerElementByMode,
    double ElementsPerSecond,
    double GigabytesPerSecond,
    double ShareOfRead,
    Quartiles OursIsFaster,
    double OursIsFasterThanItsBest,
    double AllocatedBytesPerCall)
{
    public bool Is(Role role) => Role == role.ToString();
}

/// <summary>What all processes of a case say.</summary>
/// <param name="Case">The case.</param>
/// <param name="Required">The least ratio that is asked for; 0 where none is.</param>
/// <param name="Achieved">
/// The ratio to the peer as it is stated, which is the first unless all count: the median within rounds, or the ratio to the
/// peer's best process, whichever is less.
/// </param>
/// <param name="AchievedAgainstFastest">The ratio to the fastest of all peers' processes in any mode.</param>
/// <param name="CpuShare">The least of any default process; far below 1, others had the processor.</param>
/// <param name="Contenders">All contenders, ours first.</param>
internal sealed record CaseSummary(
    string Case,
    double Required,
    double Achieved,
    double AchievedAgainstFastest,
    double CpuShare,
    IReadOnlyList<ContenderSummary> Contenders)
{
    /// <summary>Whether ours allocates nothing and is as much faster as is asked.</summary>
    public bool IsMet => Achieved >= Required && Contenders[0].AllocatedBytesPerCall == 0.0;

    public static CaseSummary Of(CatalogueEntry entry, IReadOnlyList<ProcessMeasurement> processes)
    {
        var contenders = processes[0].Measured.Contenders.Select((_, i) => Summarize(processes, i)).ToList();
        var peers = contenders.Where(c => c.Is(Role.Peer)).ToList();
        double achieved = peers.Take(entry.HoldsAgainstAll ? peers.Count : 1)
            .Select(peer => Math.Min(peer.OursIsFaster.Median, peer.OursIsFasterThanItsBest))
            .DefaultIfEmpty(0.0).Min();
        double fastest = peers.Select(c => c.BestNanosecondsPerElement).DefaultIfEmpty(0.0).Min();
        double ours = contenders[0].NanosecondsPerElement.Median;
        double cpuShare = Default(processes).Min(m => m.CpuShare);
        return new CaseSummary(entry.Name, entry.Required, achieved, fastest / ours, cpuShare, contenders);
    }

    private static ContenderSummary Summarize(IReadOnlyList<ProcessMeasurement> processes, int i)
    {
        var defaults = Default(processes).ToList();
        Measurement any = defaults[0].Contenders[i];
        var time = Quartiles.Of(defaults.Select(m => MedianOf(m.Contenders[i])));
        double best = processes.Min(p => BestOf(p.Measured, i));
        double ours = Quartiles.Of(defaults.Select(m => MedianOf(m.Contenders[0]))).Median;
        double gigabytes = any.BytesPerElement / time.Median;
        return new ContenderSummary(
            any.Name,
            any.Role,
            $"{any.Rows}x{any.Columns}",
            time,
            best,
            processes.GroupBy(p => p.Jit).ToDictionary(
                g => g.Key, g => Quartiles.Of(g.Select(p => MedianOf(p.Measured.Contenders[i]))).Median),
            1e9 / time.Median,
            gigabytes,
            ReadTime(defaults) is { } read ? gigabytes / (4.0 / read) : 0.0,
            Quartiles.Of(defaults.SelectMany(m => Ratios(m, i))),
            defaults.Min(m => BestOf(m, i)) / ours,
            processes.Max(p => p.Measured.Contenders[i].AllocatedBytesPerCall));
    }

    private static IEnumerable<CaseMeasurement> Default(IReadOnlyList<ProcessMeasurement> processes) =>
        processes.Where(p => p.Jit == JitMode.Default.Name).Select(p => p.Measured);

    private static double MedianOf(Measurement measurement) =>
        Quartiles.Of(measurement.NanosecondsPerElement).Median;

    /// <summary>The median where the stack lies best.</summary>
    private static double BestOf(CaseMeasurement measured, int i) => StackShift
        .Split(measured.Contenders[i].NanosecondsPerElement, measured.Contenders.Count)
        .Min(place => Quartiles.Of(place).Median);

    private static IEnumerable<double> Ratios(CaseMeasurement measured, int i) =>
        measured.Contenders[i].NanosecondsPerElement.Zip(
            measured.Contenders[0].NanosecondsPerElement, (other, ours) => other / ours);

    private static double? ReadTime(List<CaseMeasurement> defaults) =>
        defaults[0].Contenders.Any(c => c.Name == Contender.Read)
            ? Quartiles.Of(defaults.Select(m => MedianOf(m.Contenders.Single(c => c.Name == Contender.Read)))).Median
            : null;
}
