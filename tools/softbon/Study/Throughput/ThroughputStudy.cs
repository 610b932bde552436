using System.Diagnostics;
using System.Globalization;
using SoftBoN.Kernels.Plots.Tables;
using SoftBoN.Tool.Plan;
using SoftBoN.Tool.Study.Frame;

namespace SoftBoN.Tool.Study.Throughput;

/// <summary>A device to measure: its name, and how an engine on it is made.</summary>
internal sealed record MeasuredDevice(string Name, Func<SoftBonEngine> Open);

/// <summary>What selection by blocks costs, measured, with a cost model that is checked on other settings.</summary>
internal sealed class ThroughputStudy : IStudy
{
    private const int Repeats = 5;
    private const double LongEnoughMs = 200;
    private const double WarmUpMs = 1500;

    private readonly HashSet<string> _warm = [];

    public string Name => "throughput";

    public string Title => "What sequences cost: whole, by blocks, and symbol by symbol";

    public required IReadOnlyList<StudyParameter> Parameters { get; init; }

    public required ThroughputDesign Design { get; init; }

    public required IReadOnlyList<MeasuredDevice> Devices { get; init; }

    public required BatchCost Decode { get; init; }

    public required BatchCost Reward { get; init; }

    /// <summary>Threads of the processor; on one the costs of calls add up.</summary>
    public required int Threads { get; init; }

    public required ulong Seed { get; init; }

    public IReadOnlyList<TableShape> Tables => [ThroughputTables.Measured];

    public IReadOnlyList<StudySetting> Settings => [.. Devices.SelectMany(device =>
        SettingsOf(device, ThroughputTables.Equal, Design.Equal)
            .Concat(SettingsOf(device, ThroughputTables.Fitted, Design.Fitted))
            .Concat(SettingsOf(device, ThroughputTables.HeldOut, Design.HeldOut)))];

    public StudyFindings Conclude(StudyTables tables) => new ThroughputFindings(this, tables).All();

    /// <summary>One setting per length and vocabulary, so that an engine is opened a few times only.</summary>
    private IEnumerable<StudySetting> SettingsOf(MeasuredDevice device, string use, IEnumerable<Workload> works) =>
        works.GroupBy(work => (work.Length, work.Vocabulary)).Select(group => new StudySetting(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{device.Name}, {use}, m = {group.Key.Length}, V = {group.Key.Vocabulary}"),
            rows =>
            {
                WarmUp(device);
                using SoftBonEngine engine = device.Open();
                foreach (Workload work in group)
                {
                    Add(rows, device.Name, use, work, Measure(new DecodeLoop(work, engine, Design.Lambda)));
                }
            }));

    /// <summary>
    /// Runs settings that do not count until the runtime has compiled what they use for good, in every process anew.
    /// </summary>
    private void WarmUp(MeasuredDevice device)
    {
        if (!_warm.Add(device.Name))
        {
            return;
        }

        using SoftBonEngine engine = device.Open();
        DecodeLoop[] loops = [.. Design.BlocksOf(Design.Lengths[0]).Select(block => new DecodeLoop(
            new Workload(Design.Lengths[0], Design.Vocabularies[0], 8, 1, block), engine, Design.Lambda))];
        long begin = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begin).TotalMilliseconds < WarmUpMs)
        {
            foreach (DecodeLoop loop in loops)
            {
                loop.Run(Seed);
            }
        }
    }

    /// <summary>The fastest of a few runs after one that warms up; a long run is its own.</summary>
    private LoopTime Measure(DecodeLoop loop)
    {
        LoopTime best = loop.Run(Seed);
        for (int i = 0; i < Repeats && (i == 0 || best.Wall < LongEnoughMs); i++)
        {
            LoopTime time = loop.Run(Seed);
            best = time.Wall < best.Wall ? time : best;
        }

        return best;
    }

    private void Add(SettingRows rows, string device, string use, Workload work, LoopTime time)
    {
        SequenceCost cost = work.Cost;
        double decode = cost.DecodeMs(Decode, work.Prompts);
        double reward = cost.RewardMs(Reward, work.Prompts);
        rows.Add(
            ThroughputTables.Measured,
            device,
            use,
            work.Length,
            work.Block,
            work.Candidates,
            work.Vocabulary,
            work.Prompts,
            work.Prompts * cost.TokensProposed,
            work.Prompts * cost.TokensDecoded,
            work.Prompts * cost.RewardEvaluations,
            cost.Rounds,
            time.Draw,
            time.Select,
            time.Draw + time.Select,
            time.Wall,
            decode,
            reward,
            time.Wall + decode + reward,
            time.Reward);
    }
}
