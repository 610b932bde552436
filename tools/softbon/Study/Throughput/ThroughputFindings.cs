using System.Globalization;
using SoftBoN.Kernels.Plots.Report;
using SoftBoN.Kernels.Plots.Tables;
using SoftBoN.Tool.Study.Frame;
using SoftBoN.Tool.Study.Sequence;

namespace SoftBoN.Tool.Study.Throughput;

/// <summary>What the measured table shows: a cost model, its error where it was not fitted, and growth.</summary>
internal sealed class ThroughputFindings(ThroughputStudy study, StudyTables tables)
{
    private static readonly TableShape ModelShape = new(
        "cost_model",
        "The fitted cost model of the library's own time",
        new DataColumn("device", CellKind.Text, "the device"),
        new DataColumn("term", CellKind.Text, "what is counted"),
        new DataColumn("nanoseconds", CellKind.Number, "what each costs"));

    private static readonly TableShape CheckShape = new(
        "cost_check",
        "The cost model against what was measured",
        new DataColumn("device", CellKind.Text, "the device"),
        new DataColumn("use", CellKind.Text, "fit, held-out, or equal-kl"),
        new DataColumn("m", CellKind.Integer, "tokens per sequence"),
        new DataColumn("block", CellKind.Integer, "block length"),
        new DataColumn("n", CellKind.Integer, "candidates per block"),
        new DataColumn("vocabulary", CellKind.Integer, "tokens to draw from"),
        new DataColumn("prompts", CellKind.Integer, "sequences side by side"),
        new DataColumn("wall_ms", CellKind.Number, "measured, milliseconds"),
        new DataColumn("predicted_ms", CellKind.Number, "by the model, milliseconds"),
        new DataColumn("error", CellKind.Number, "predicted / measured - 1"));

    private static readonly TableShape GrowthShape = new(
        "growth",
        "Growth of the cost with m at equal KL",
        new DataColumn("device", CellKind.Text, "the device"),
        new DataColumn("cost", CellKind.Text, "tokens_proposed, or wall_ms as measured"),
        new DataColumn("rule", CellKind.Text, "the rule"),
        new DataColumn("power", CellKind.Number, "p of cost ~ m^p, fitted"),
        new DataColumn("power_fit", CellKind.Number, "its R squared"),
        new DataColumn("nats_per_symbol", CellKind.Number, "a of cost ~ exp(a m), fitted"),
        new DataColumn("exponential_fit", CellKind.Number, "its R squared"));

    private readonly IReadOnlyList<MeasuredRow> _rows = MeasuredRow.Of(tables[ThroughputTables.Measured]);
    private readonly DataTable _models = new(ModelShape);
    private readonly DataTable _checks = new(CheckShape);
    private readonly DataTable _growth = new(GrowthShape);

    public StudyFindings All()
    {
        var sections = new List<ReportSection>();
        foreach (MeasuredDevice device in study.Devices)
        {
            MeasuredRow[] rows = [.. _rows.Where(row => row.Device == device.Name)];
            var model = CostModel.Fit(
                [.. rows.Where(row => row.Use == ThroughputTables.Fitted).Select(row => (row.Work, row.WallMs))]);
            AddModel(device.Name, model, rows);
            sections.Add(new(
                $"On {device.Name}",
                [Error(model, rows), .. Grown(device.Name, rows)],
                ThroughputCharts.Measured(device.Name, rows, model),
                []));
        }

        var crossover = new Crossovers(study.Design);
        sections.Add(new(
            "Which granularity is cheapest",
            ["Longer blocks decode more tokens and score fewer candidates. The dearer a reward is against a decoded "
                + "token, the longer the best block; a strong tilt keeps it short."],
            [crossover.Costs(), crossover.Best()],
            []));
        sections.Add(new("Numbers", [], [], [_models, _growth, .. tables.All, _checks]));
        return new(
            "The library's own cost of sequences that are selected by blocks, on a fair coin over V tokens: tokens "
            + "proposed, candidates scored, rounds, kernel and wall time. What model and reward cost is added from "
            + "--decode-ms and --reward-ms. The device draws the tokens and selects.",
            sections);
    }

    private void AddModel(string device, CostModel model, MeasuredRow[] rows)
    {
        for (int term = 0; term < CostModel.Terms.Count; term++)
        {
            _models.Add(device, CostModel.Terms[term], model.Coefficients[term] * 1e6);
        }

        foreach (MeasuredRow row in rows)
        {
            double predicted = model.Predict(row.Work);
            _checks.Add(
                device,
                row.Use,
                row.Work.Length,
                row.Work.Block,
                row.Work.Candidates,
                row.Work.Vocabulary,
                row.Work.Prompts,
                row.WallMs,
                predicted,
                (predicted / row.WallMs) - 1);
        }
    }

    private static string Error(CostModel model, MeasuredRow[] rows)
    {
        double Median(string use)
        {
            double[] errors = [.. rows.Where(row => row.Use == use)
                .Select(row => Math.Abs((model.Predict(row.Work) / row.WallMs) - 1)).Order()];
            return errors[errors.Length / 2];
        }

        double worst = rows.Where(row => row.Use == ThroughputTables.HeldOut)
            .Max(row => Math.Abs((model.Predict(row.Work) / row.WallMs) - 1));
        int count = rows.Count(row => row.Use == ThroughputTables.HeldOut);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"The cost model misses half of the {count} settings that it was not fitted to by less than "
            + $"{Median(ThroughputTables.HeldOut):P0}, the worst by {worst:P0}; of those it was fitted to, half by "
            + $"less than {Median(ThroughputTables.Fitted):P0}.");
    }

    private IEnumerable<string> Grown(string device, MeasuredRow[] rows)
    {
        foreach ((string cost, Func<MeasuredRow, double> value) in (ReadOnlySpan<(string, Func<MeasuredRow, double>)>)
            [("tokens_proposed", row => row.Work.Cost.TokensProposed), ("wall_ms", row => row.WallMs)])
        {
            AddGrowth(device, cost, rows, value);
        }

        IEnumerable<string> words = _growth.Rows.Where(row => row[0].Text == device).Select(row =>
        {
            string what = row[1].Text == "wall_ms" ? "wall time" : "tokens";
            return row[2].Text == "blockwise"
                ? string.Create(CultureInfo.InvariantCulture, $"{what} blockwise as exp({row[5].Number:0.###} m)")
                : string.Create(CultureInfo.InvariantCulture, $"{what} {row[2].Text} as m^{row[3].Number:0.##}");
        });
        string all = string.Join("; ", words);
        return all.Length == 0 ? [] : [$"At equal KL from the tilt costs grow with m: {all}."];
    }

    private void AddGrowth(string device, string cost, MeasuredRow[] rows, Func<MeasuredRow, double> value)
    {
        foreach ((string rule, MeasuredRow[] line) in ThroughputCharts.Rules(rows))
        {
            if (Growth.Of([.. line.Select(row => ((double)row.Work.Length, value(row)))]) is { } growth)
            {
                _growth.Add(
                    device,
                    cost,
                    rule,
                    growth.Power.Slope,
                    growth.Power.Fit,
                    growth.Exponential.Slope,
                    growth.Exponential.Fit);
            }
        }
    }
}
