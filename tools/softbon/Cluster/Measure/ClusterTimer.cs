using System.Diagnostics;
using SoftBoN.Kernels.Jobs;
using SoftBoN.Tool.Host;

namespace SoftBoN.Tool.Cluster.Measure;

/// <summary>A job here and elsewhere.</summary>
/// <param name="Job">The job's name.</param>
/// <param name="Shape">Its batch.</param>
/// <param name="Silos">The silos elsewhere.</param>
/// <param name="Here">Milliseconds of a call of the local engine.</param>
/// <param name="There">Milliseconds of the same call elsewhere.</param>
/// <param name="HereCpu">Processor time of a local call, ms.</param>
/// <param name="ClientCpu">Processor time of the client for a call elsewhere, ms.</param>
/// <param name="SiloCpu">Processor time of all silos for it, ms; null where they are not ours to ask.</param>
internal sealed record ClusterFigure(
    string Job, Shape Shape, int Silos, Quartiles Here, Quartiles There, double HereCpu, double ClientCpu, double? SiloCpu);

/// <summary>Times jobs on the local engine and elsewhere in turn, after a check of their bits.</summary>
/// <param name="here">The local engine.</param>
/// <param name="rounds">Calls of each.</param>
internal sealed class ClusterTimer(SoftBonEngine here, int rounds)
{
    private const int WarmUp = 20;

    /// <summary>Measures a job.</summary>
    /// <param name="name">The job's name.</param>
    /// <param name="job">The job.</param>
    /// <param name="there">The engine elsewhere.</param>
    /// <param name="silos">How many silos that has.</param>
    /// <param name="siloCpu">Tells the processor time of the silos so far; null where it cannot be told.</param>
    public ClusterFigure Measure(string name, Job job, SoftBonEngine there, int silos, Func<TimeSpan>? siloCpu)
    {
        if (!job.Outcome(here).AsSpan().SequenceEqual(job.Outcome(there)))
        {
            throw new FaultException($"{name}: the cluster returned other bits than this machine; nothing is timed");
        }

        for (int i = 0; i < WarmUp; i++)
        {
            job.Run(here, job.Shape.Rows);
            job.Run(there, job.Shape.Rows);
        }

        var ours = new Share(rounds, null);
        var theirs = new Share(rounds, siloCpu);
        for (int round = 0; round < rounds; round++)
        {
            ours.Time(round, () => job.Run(here, job.Shape.Rows));
            theirs.Time(round, () => job.Run(there, job.Shape.Rows));
        }

        return new ClusterFigure(
            name,
            job.Shape,
            silos,
            Quartiles.Of(ours.Milliseconds),
            Quartiles.Of(theirs.Milliseconds),
            ours.Cpu / rounds,
            theirs.Cpu / rounds,
            siloCpu is null ? null : theirs.SiloCpu / rounds);
    }

    /// <summary>The calls of one engine: how long each took, and the processor time of this process and of silos for all.</summary>
    private sealed class Share(int rounds, Func<TimeSpan>? siloCpu)
    {
        public double[] Milliseconds { get; } = new double[rounds];

        public double Cpu { get; private set; }

        public double SiloCpu { get; private set; }

        public void Time(int round, Action call)
        {
            TimeSpan silosBusy = siloCpu?.Invoke() ?? default;
            TimeSpan busy = Environment.CpuUsage.TotalTime;
            long start = Stopwatch.GetTimestamp();
            call();
            Milliseconds[round] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            Cpu += (Environment.CpuUsage.TotalTime - busy).TotalMilliseconds;
            SiloCpu += ((siloCpu?.Invoke() ?? default) - silosBusy).TotalMilliseconds;
        }
    }
}
