using System.Globalization;
using System.Text;
using System.Text.Json;
using SoftBoN.Tool.Output;
using Spectre.Console;

namespace SoftBoN.Tool.Plan;

/// <summary>A plan as JSON and as tables.</summary>
internal static class PlanPrint
{
    private const int MostShown = 8;

    /// <summary>One line of JSON: the goal, the answer, and what the other block lengths cost.</summary>
    public static string Json(PlanGoal goal, IReadOnlyList<PlanChoice> choices)
    {
        using var memory = new MemoryStream();
        using (var json = new Utf8JsonWriter(memory))
        {
            json.WriteStartObject();
            json.WriteNumber("m", goal.Length);
            json.WriteNumber("kl_budget", goal.KlBudget);
            json.WriteNumber("reward_target", goal.RewardTarget);
            json.WriteNumber("reward_frontier", PlanGoal.Frontier(goal.Symbol, goal.Length, goal.KlBudget));
            json.WriteNumber("prompts", goal.Prompts);
            Write(json, goal, choices[0]);
            json.WriteStartArray("choices");
            foreach (PlanChoice choice in choices)
            {
                json.WriteStartObject();
                Write(json, goal, choice);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(memory.ToArray()) + "\n";
    }

    public static void Write(PlanGoal goal, IReadOnlyList<PlanChoice> choices, IAnsiConsole console)
    {
        double frontier = PlanGoal.Frontier(goal.Symbol, goal.Length, goal.KlBudget);
        PlanChoice best = choices[0];
        string rule = best.Block == 1 ? "symbolwise" : best.Block == goal.Length ? "blockwise" : "in between";
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Use blocks of {best.Block} ({rule}), n = {best.Candidates}, lambda = {best.Lambda:G6}: "
            + $"{best.TotalMs:N1} ms for {goal.Prompts} of {goal.Length} symbols."));
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Reward {best.Figures.ExpectedReward / goal.Length:G6} per symbol (target {goal.RewardTarget:G6}, at most "
            + $"{frontier:G6} within the budget), KL {best.Figures.KlSoftToReference:G6} of {goal.KlBudget:G6} nats."));
        Table table = Tables.Create(
            "block", "n", "lambda", "reward", "KL", "rounds", "decoded", "scored",
            "decode ms", "reward ms", "total ms");
        foreach (PlanChoice choice in choices.Take(MostShown))
        {
            table.AddTextRow(
                Text($"{choice.Block}"),
                Text($"{choice.Candidates}"),
                Text($"{choice.Lambda:G4}"),
                Text($"{choice.Figures.ExpectedReward / goal.Length:G5}"),
                Text($"{choice.Figures.KlSoftToReference:G4}"),
                Text($"{choice.Cost.Rounds}"),
                Text($"{choice.Cost.TokensDecoded:N0}"),
                Text($"{choice.Cost.RewardEvaluations:N0}"),
                Text($"{choice.DecodeMs:N1}"),
                Text($"{choice.RewardMs:N1}"),
                Text($"{choice.TotalMs:N1}"));
        }

        console.Write(table);
    }

    private static void Write(Utf8JsonWriter json, PlanGoal goal, PlanChoice choice)
    {
        json.WriteNumber("block", choice.Block);
        json.WriteNumber("n", choice.Candidates);
        json.WriteNumber("lambda", choice.Lambda);
        json.WriteNumber("reward", choice.Figures.ExpectedReward / goal.Length);
        json.WriteNumber("kl", choice.Figures.KlSoftToReference);
        json.WriteNumber("kl_from_tilt", choice.Figures.KlTiltToSoft);
        json.WriteNumber("rounds", choice.Cost.Rounds);
        json.WriteNumber("tokens_proposed", choice.Cost.TokensProposed);
        json.WriteNumber("tokens_decoded", choice.Cost.TokensDecoded);
        json.WriteNumber("reward_evaluations", choice.Cost.RewardEvaluations);
        json.WriteNumber("decode_ms", choice.DecodeMs);
        json.WriteNumber("reward_ms", choice.RewardMs);
        json.WriteNumber("total_ms", choice.TotalMs);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
