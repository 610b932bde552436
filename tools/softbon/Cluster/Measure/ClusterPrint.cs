using System.Globalization;
using SoftBoN.Kernels.Jobs;

namespace SoftBoN.Tool.Cluster.Measure;

/// <summary>A job through messages in one process.</summary>
/// <param name="Figure">Its times.</param>
/// <param name="Bytes">Bytes of a call's messages and replies.</param>
internal sealed record PackingFigure(ClusterFigure Figure, long Bytes);

/// <summary>Shows figures of clusters in Markdown, row by row as they come.</summary>
internal sealed class ClusterPrint(TextWriter output)
{
    private const double Mebi = 1 << 20;

    private readonly List<ClusterFigure> _figures = [];

    /// <summary>What messages cost in one process, and the head of what follows.</summary>
    public void Head(IReadOnlyList<PackingFigure> packing)
    {
        Line("Packing alone: a silo in this process, without Orleans and without a network.");
        Line("");
        Line("| job | rows x n | MiB of a call | here, ms | packed, ms | processor time here, ms | packed, ms |");
        Line("| --- | --- | ---: | ---: | ---: | ---: | ---: |");
        foreach ((ClusterFigure figure, long bytes) in packing)
        {
            Line($"| {figure.Job} | {figure.Shape} | {bytes / Mebi:F1} | {Spread(figure.Here)} | {Spread(figure.There)} "
                + $"| {figure.HereCpu:F1} | {figure.ClientCpu:F1} |");
        }

        Line("");
        Line($"On silos; this machine has {Environment.ProcessorCount} processors. Times are medians (quartiles) of a call.");
        Line("");
        Line("| job | silos | here, ms | cluster, ms | here / cluster | processor time here, ms | client, ms | silos, ms |");
        Line("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    }

    /// <summary>A job on some silos.</summary>
    public void Row(ClusterFigure figure)
    {
        _figures.Add(figure);
        Line($"| {figure.Job} | {figure.Silos} | {Spread(figure.Here)} | {Spread(figure.There)} "
            + $"| {figure.Here.Median / figure.There.Median:F2} | {figure.HereCpu:F1} | {figure.ClientCpu:F1} "
            + $"| {(figure.SiloCpu is { } cpu ? Invariant($"{cpu:F1}") : "")} |");
    }

    /// <summary>How many silos a client can keep busy, by the processor time of both.</summary>
    public void End()
    {
        ClusterFigure[] alone = [.. _figures.Where(figure => figure is { Silos: 1, SiloCpu: not null })];
        if (alone.Length == 0)
        {
            return;
        }

        Line("");
        Line("Machines like this one that a client on one more keeps busy, by processor time of silos over that of the client:");
        Line("");
        foreach (ClusterFigure figure in alone)
        {
            Line($"- {figure.Job}: {figure.SiloCpu / figure.ClientCpu:F1}");
        }
    }

    private static string Spread(Quartiles times) => Invariant($"{times.Median:F1} ({times.Lower:F1}-{times.Upper:F1})");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private void Line(FormattableString text) => Line(Invariant(text));

    private void Line(string text)
    {
        output.WriteLine(text);
        output.Flush();
    }
}
