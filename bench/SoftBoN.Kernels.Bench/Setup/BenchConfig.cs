using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Exporters.Json;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;
using Job = BenchmarkDotNet.Jobs.Job;

namespace SoftBoN.Kernels.Bench.Setup;

/// <summary>How BenchmarkDotNet runs here: default compiler settings, medians, quartiles, allocated bytes.</summary>
internal static class BenchConfig
{
    /// <summary>The option that gives each benchmark a process of its own.</summary>
    public const string Isolated = "--isolated";

    /// <summary>The configuration.</summary>
    /// <param name="isolated">
    /// Whether each benchmark is built and run in a process of its own; otherwise all share this one.
    /// </param>
    public static IConfig Of(bool isolated)
    {
        // Two seconds of warm-up at least: the compiler is done with a method well before.
        Job job = Job.Default
            .WithIterationTime(TimeInterval.FromMilliseconds(250))
            .WithMinWarmupCount(8)
            .WithMaxWarmupCount(16)
            .WithMaxIterationCount(40);
        job = isolated ? job : job.WithToolchain(InProcessEmitToolchain.Instance);
        return ManualConfig.CreateEmpty()
            .AddJob(job)
            .AddLogger(ConsoleLogger.Default)
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddColumn(StatisticColumn.Q1, StatisticColumn.Median, StatisticColumn.Q3)
            .AddColumn(WorkColumn.All)
            .AddColumn(new ReferenceColumn())
            .AddFilter(new ModeFilter())
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddExporter(MarkdownExporter.GitHub, JsonExporter.Brief)
            .WithArtifactsPath(Path.Combine("artifacts", "bench", "BenchmarkDotNet"));
    }
}
