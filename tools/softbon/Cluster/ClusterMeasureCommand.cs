using System.CommandLine;
using System.Globalization;
using SoftBoN.Kernels.Jobs;
using SoftBoN.Kernels.Orleans;
using SoftBoN.Tool.Cluster.Measure;
using SoftBoN.Tool.Commands;
using SoftBoN.Tool.Host;

namespace SoftBoN.Tool.Cluster;

/// <summary>Measures what a cluster gains over this machine, and what it costs.</summary>
internal sealed class ClusterMeasureCommand : ToolCommand
{
    private const int DefaultSilos = 3;
    private const int MostSilos = 64;
    private const int DefaultRounds = 15;
    private const int FirstPort = 21111;
    private const int FirstGateway = 31111;

    private static readonly TimeSpan Search = TimeSpan.FromSeconds(20);

    private readonly ToolHost _host;
    private readonly ClusterOptions _cluster = new();

    private readonly Option<int?> _silos = OptionKinds.Count(
        "--silos", "N", $"Without --cluster: run 1 to N silos here, one after the other [default: {DefaultSilos}].", MostSilos);

    private readonly Option<int?> _rounds = OptionKinds.Count(
        "--rounds", "N", $"Calls of each kind that are timed [default: {DefaultRounds}].", 10000);

    public ClusterMeasureCommand(ToolHost host)
        : base("measure", "Time calls on this machine and on silos in turn, and what messages cost; a table in Markdown.")
    {
        _host = host;
        _cluster.AddTo(this);
        Add(_silos);
        Add(_rounds);
        SetAction(Run);
    }

    public override IReadOnlyList<string> Examples =>
        ["softbon cluster measure", "softbon cluster measure --cluster 10.0.0.1 --rounds 50"];

    private int Run(ParseResult parsed)
    {
        using SoftBonEngine here = SoftBonEngine.CreateHost();
        IReadOnlyList<(string Name, Job Job)> jobs = MeasuredJobs.Create();
        using StreamWriter output = _host.OpenText();
        try
        {
            var timer = new ClusterTimer(here, parsed.GetValue(_rounds) ?? DefaultRounds);
            var print = new ClusterPrint(output);
            print.Head(Packing(timer, jobs));
            foreach (ClusterFigure figure in _cluster.Connect(parsed) is { } cluster
                ? Existing(timer, jobs, cluster)
                : Own(timer, jobs, parsed.GetValue(_silos) ?? DefaultSilos))
            {
                print.Row(figure);
            }

            print.End();
            return ExitCodes.Done;
        }
        finally
        {
            foreach ((_, Job job) in jobs)
            {
                job.Dispose();
            }
        }
    }

    /// <summary>Messages without Orleans.</summary>
    private static List<PackingFigure> Packing(ClusterTimer timer, IReadOnlyList<(string Name, Job Job)> jobs)
    {
        using var loopback = new Loopback(new SoftBonOptions { Backend = SoftBonBackend.Auto });
        using ClusterKernels kernels = ClusterKernels.ConnectAsync(loopback, null, CancellationToken.None).GetAwaiter().GetResult();
        var figures = new List<PackingFigure>();
        foreach ((string name, Job job) in jobs)
        {
            ClusterFigure figure = timer.Measure(name, job, kernels.Engine, 0, null);
            long before = loopback.Bytes;
            job.Run(kernels.Engine, job.Shape.Rows);
            figures.Add(new PackingFigure(figure, loopback.Bytes - before));
        }

        return figures;
    }

    private static IEnumerable<ClusterFigure> Existing(
        ClusterTimer timer, IReadOnlyList<(string Name, Job Job)> jobs, ClusterConnection cluster)
    {
        using (cluster)
        {
            foreach ((string name, Job job) in jobs)
            {
                yield return timer.Measure(name, job, cluster.Engine, cluster.Silos.Count, null);
            }
        }
    }

    private static IEnumerable<ClusterFigure> Own(ClusterTimer timer, IReadOnlyList<(string Name, Job Job)> jobs, int most)
    {
        var silos = new List<SiloProcess>();
        try
        {
            for (int count = 1; count <= most; count++)
            {
                silos.Add(Next(silos.Count));
                using ClusterConnection cluster = ConnectToAll(silos, jobs[0].Job);
                foreach ((string name, Job job) in jobs)
                {
                    yield return timer.Measure(
                        name, job, cluster.Engine, count, () => silos.Aggregate(TimeSpan.Zero, (sum, silo) => sum + silo.CpuTime));
                }
            }
        }
        finally
        {
            silos.ForEach(silo => silo.Dispose());
        }
    }

    private static SiloProcess Next(int number) => SiloProcess.Start(
        FirstPort + number, FirstGateway + number, number == 0 ? [] : ["--join", $"127.0.0.1:{FirstPort}"]);

    /// <summary>Calls until all silos are known: a client finds them while it works.</summary>
    private static ClusterConnection ConnectToAll(List<SiloProcess> silos, Job job)
    {
        string list = string.Join(',', silos.Select(silo => string.Create(
            CultureInfo.InvariantCulture, $"127.0.0.1:{silo.GatewayPort}")));
        ClusterConnection cluster = ClusterConnection.Open(
            Endpoints.ResolveAll("--cluster", list, Endpoints.GatewayPort), CommonClusterOptions.DefaultId, 64 << 20);
        var waited = System.Diagnostics.Stopwatch.StartNew();
        while (cluster.Silos.Count < silos.Count)
        {
            job.Run(cluster.Engine, job.Shape.Rows);
            if (waited.Elapsed > Search)
            {
                cluster.Dispose();
                throw new FaultException($"{silos.Count} silos run and {cluster.Silos.Count} were found in {Search.TotalSeconds} s");
            }
        }

        return cluster;
    }
}
