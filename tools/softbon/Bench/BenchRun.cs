using System.Diagnostics;
using SoftBoN.Kernels.Jobs;
using SoftBoN.Kernels.Jobs.Results;

namespace SoftBoN.Tool.Bench;

/// <summary>Measures an operation on batches, by engines.</summary>
/// <param name="operation">The operation.</param>
/// <param name="engines">The engines.</param>
/// <param name="quick">Fewer rounds.</param>
internal sealed class BenchRun(Operation operation, IReadOnlyList<JobEngine> engines, bool quick)
{
    /// <summary>Until the tiering compiler has replaced an operation's code for good.</summary>
    private const double ColdSeconds = 0.8;

    /// <summary>Where it has done so in a case before: caches, and the number of calls.</summary>
    private const double WarmSeconds = 0.08;

    /// <summary>Checks a case, then times it as the benchmarks do: contenders in turn, in rounds.</summary>
    public (IReadOnlyList<BenchRow> Rows, double CpuShare) Measure(Shape shape, bool isFirst)
    {
        int rounds = quick ? 15 : 60;
        double seconds = quick && !isFirst ? WarmSeconds : ColdSeconds;
        using var work = new EngineCase(operation.Make(shape), engines);
        CaseMeasurement measured = new RoundRobin(work, rounds, TimeSpan.FromSeconds(seconds)).Run();
        return ([.. Rows(work, measured)], measured.CpuShare);
    }

    /// <summary>New engines of each device, and their first calls.</summary>
    public IEnumerable<BenchRow> MeasureCold(Shape shape)
    {
        using Job job = operation.Make(shape);
        foreach (JobEngine engine in engines.Where(engine => engine.IsDevice))
        {
            double[] times = [.. Enumerable.Range(0, quick ? 1 : 3).Select(_ => FirstCall(engine, job))];
            var time = Quartiles.Of(times.Select(seconds => 1e9 * seconds / shape.Elements));
            yield return new(
                operation.Name,
                shape,
                engine.Name,
                BenchMode.Cold,
                time,
                job.BytesPerElement / time.Median,
                double.NaN);
        }
    }

    private static double FirstCall(JobEngine like, Job job)
    {
        long start = Stopwatch.GetTimestamp();
        using SoftBonEngine engine = like.Make();
        job.Run(engine, job.Shape.Rows);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private IEnumerable<BenchRow> Rows(EngineCase work, CaseMeasurement measured)
    {
        Quartiles[] times = [.. measured.Contenders.Select(one => Quartiles.Of(one.NanosecondsPerElement))];
        double SpeedOf(int i) => measured.Contenders[i].BytesPerElement / times[i].Median;
        var ceilings = work.All.Index().Where(one => one.Item.Engine is null)
            .ToDictionary(one => one.Item.Name, one => SpeedOf(one.Index));
        foreach ((int i, BenchContender one) in work.All.Index())
        {
            double ceiling = one.Engine is null
                ? double.NaN
                : work.CeilingsOf(one.Engine).Select(name => ceilings[name]).DefaultIfEmpty(double.NaN).Max();
            yield return new(
                operation.Name, work.Shape, one.Name, one.Mode, times[i], SpeedOf(i), 100 * SpeedOf(i) / ceiling);
        }
    }
}
