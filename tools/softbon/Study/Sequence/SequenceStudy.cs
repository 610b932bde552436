using System.Globalization;
using SoftBoN.Kernels.Plots.Tables;
using SoftBoN.Kernels.Theory;
using SoftBoN.Tool.Plan;
using SoftBoN.Tool.Study.Frame;
using SoftBoN.Tool.Study.Sources;

namespace SoftBoN.Tool.Study.Sequence;

/// <summary>How many candidates whole sequences, blocks and single symbols need, exact and sampled.</summary>
internal sealed class SequenceStudy : IStudy
{
    /// <summary>n of the rules that are sampled.</summary>
    private const int SampledCandidates = 8;

    private const int LongestSampled = 16;
    private const int MostGuided = 1024;

    public string Name => "sequence";

    public string Title => "Sequences: whole, by blocks, and symbol by symbol";

    public required IReadOnlyList<StudyParameter> Parameters { get; init; }

    public required IReadOnlyList<SequenceSource> Sources { get; init; }

    public required IReadOnlyList<int> Lengths { get; init; }

    /// <summary>The KL from the tilt that counts as equal, nats.</summary>
    public required double Kl { get; init; }

    /// <summary>The share of the tilt's gain that counts as equal.</summary>
    public required double Gain { get; init; }

    public required int Sequences { get; init; }

    public required SoftBonEngine Engine { get; init; }

    public required ulong Seed { get; init; }

    public IReadOnlyList<TableShape> Tables =>
        [SequenceTables.Candidates, SequenceTables.Guided, SequenceTables.Simulated];

    public IReadOnlyList<StudySetting> Settings =>
        [.. Sources.SelectMany(source => CandidateSettings(source).Concat(GuidedSettings(source))
            .Concat(SampledSettings(source)))];

    public StudyFindings Conclude(StudyTables tables) => new SequenceFindings(this, tables).All();

    private IEnumerable<StudySetting> CandidateSettings(SequenceSource source) =>
        from length in Lengths
        select new StudySetting(Key($"{source.Name}, m = {length}"), rows =>
        {
            foreach (int block in source.BlocksOf(length))
            {
                double kl = Kl;
                Add(rows, source, SequenceTables.EqualKl, length, block, figures => figures.KlFromTilt <= kl);
                double wanted = Wanted(source.Exact, length);
                Add(rows, source, SequenceTables.EqualGain, length, block, figures => figures.Reward >= wanted);
            }
        });

    private IEnumerable<StudySetting> GuidedSettings(SequenceSource source)
    {
        if (!source.HasMemory)
        {
            yield break;
        }

        int length = Lengths.Max();
        for (int n = 1; n <= MostGuided; n *= 2)
        {
            int candidates = n;
            yield return new StudySetting(Key($"{source.Name}, guidance, n = {n}"), rows =>
                AddGuided(rows, source, length, candidates));
        }

        yield return new StudySetting($"{source.Name}, guidance, n = inf", rows =>
            AddGuided(rows, source, length, null));
    }

    private IEnumerable<StudySetting> SampledSettings(SequenceSource source)
    {
        int length = Math.Min(LongestSampled, Lengths.Max());
        Guidance[] guidances = source.HasMemory ? [Guidance.Value, Guidance.Myopic] : [Guidance.Value];
        return
            from block in source.BlocksOf(length)
            from guidance in guidances
            where block < length || guidance == Guidance.Value
            select new StudySetting(Key($"{source.Name}, sampled, block {block}, {Word(guidance)}"), rows =>
                AddSampled(rows, source, length, new BlockRule(block, SampledCandidates, guidance)));
    }

    private double Wanted(ExactChain exact, int length)
    {
        double model = exact.Model(length).Reward;
        return model + (Gain * (exact.Tilt(length).Reward - model));
    }

    private void Add(
        SettingRows rows, SequenceSource source, string target, int length, int block, Predicate<ChainFigures> fits)
    {
        ExactChain exact = source.Exact;
        ChainFigures At(int n) => exact.Figures(length, new BlockRule(block, n));
        int? least = LeastCount.Of(n => fits(At(n)), int.MaxValue);
        ChainFigures reached = least is { } n ? At(n) : new(double.NaN, double.NaN, double.NaN);
        var cost = new SequenceCost(length, block, least ?? double.NaN);
        rows.Add(
            SequenceTables.Candidates,
            source.Name,
            target,
            length,
            block,
            cost.Candidates,
            target == SequenceTables.EqualKl ? Sufficient(source, length, block) : double.NaN,
            target == SequenceTables.EqualGain ? Necessary(source, length, block) : double.NaN,
            cost.TokensProposed,
            cost.TokensDecoded,
            cost.RewardEvaluations,
            cost.Rounds,
            reached.Reward / length,
            exact.Tilt(length).Reward / length,
            reached.KlFromTilt,
            reached.KlFromModel);
    }

    private double Sufficient(SequenceSource source, int length, int block) => source.Symbol is null
        ? double.NaN
        : Math.Exp(Bounds.LogCandidatesSufficient(
            Tilt.ChiSquare(source.Symbol, source.Exact.Lambda), length, block, Kl));

    private double Necessary(SequenceSource source, int length, int block) => source.Symbol is null
        ? double.NaN
        : Math.Exp(Bounds.LogCandidatesNecessary(
            source.Symbol, length, block, Wanted(source.Exact, length) / length));

    private static void AddGuided(SettingRows rows, SequenceSource source, int length, int? n)
    {
        foreach (Guidance guidance in (Guidance[])[Guidance.Value, Guidance.Myopic])
        {
            ChainFigures figures = source.Exact.Figures(length, new BlockRule(1, n, guidance));
            rows.Add(
                SequenceTables.Guided,
                source.Name,
                length,
                Word(guidance),
                n ?? double.PositiveInfinity,
                figures.Reward / length,
                figures.KlFromTilt,
                figures.KlFromModel);
        }
    }

    private void AddSampled(SettingRows rows, SequenceSource source, int length, BlockRule rule)
    {
        double[] law = source.Exact.Totals(length, rule);
        long[] counts = new SequenceSampler(Engine, source.Exact, Seed).Totals(length, rule, Sequences);
        double mean = counts.Select((count, total) => (double)count * total).Sum() / Sequences;
        double expected = law.Select((mass, total) => mass * total).Sum();
        double variance = law.Select((mass, total) => mass * (total - expected) * (total - expected)).Sum();
        ChiSquareTest test = ChiSquareTest.Of(counts, law);
        rows.Add(
            SequenceTables.Simulated,
            source.Name,
            Word(rule.Guidance),
            length,
            rule.Block,
            SampledCandidates,
            Sequences,
            mean / length,
            expected / length,
            Math.Sqrt(variance / Sequences) / length,
            test.Statistic,
            test.Freedom,
            test.Normal);
    }

    private static string Word(Guidance guidance) => guidance == Guidance.Value ? "value" : "myopic";

    private static string Key(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
