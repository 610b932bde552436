using System.Globalization;
using System.Text.Json;
using SoftBoN.Kernels.Theory;
using SoftBoN.Tool.Plan;

namespace SoftBoN.Tool.Tests.Study;

public class PlanTests
{
    [Theory]
    [InlineData("0.5,0.5", "0,1", 6, 0.8, "1", "0")]
    [InlineData("0.5,0.5", "0,1", 6, 0.8, "1", "100")]
    [InlineData("0.5,0.5", "0,1", 6, 0.8, "1", "3")]
    [InlineData("0.8,0.2", "0,1", 7, 1.5, "1:5,16:6", "1:2,8:20")]
    [InlineData("0.5,0.3,0.2", "0,1,2", 5, 1, "0.1", "1:10,64:12")]
    public void Nothing_in_a_scan_of_everything_is_cheaper(
        string p, string reward, int length, double budget, string decode, string rewardMs)
    {
        var symbol = new FiniteAlphabet(Numbers(p), Numbers(reward));
        double frontier = PlanGoal.Frontier(symbol, length, budget);
        double mean = symbol.ExpectedReward(symbol.Probabilities);
        var goal = new PlanGoal(symbol, length, budget, mean + (0.8 * (frontier - mean)))
        {
            Decode = BatchCost.Parse(decode, "--decode-ms"),
            Reward = BatchCost.Parse(rewardMs, "--reward-ms"),
        };
        PlanChoice best = new Planner(goal).Choices()[0];
        SequenceFigures figures = Sequences.SoftBestOfN(symbol, length, best.Block, best.Lambda, best.Candidates);
        Assert.True(figures.KlSoftToReference <= budget);
        Assert.True(figures.ExpectedReward >= goal.RewardTarget * length);

        int feasible = 0;
        double[] lambdas = [0, .. Enumerable.Range(0, 120).Select(i => 0.05 * Math.Pow(1.05, i))];
        for (int block = 1; block <= length; block++)
        {
            for (int n = 1; n <= 24; n++)
            {
                foreach (double lambda in lambdas)
                {
                    SequenceFigures other = Sequences.SoftBestOfN(symbol, length, block, lambda, n);
                    if (other.KlSoftToReference <= budget && other.ExpectedReward >= goal.RewardTarget * length)
                    {
                        var cost = new SequenceCost(length, block, n);
                        double total = cost.DecodeMs(goal.Decode, 1) + cost.RewardMs(goal.Reward, 1);
                        Assert.True(best.TotalMs <= total + 1e-9, $"block {block}, n {n}: {total} < {best.TotalMs}");
                        feasible++;
                    }
                }
            }
        }

        Assert.True(feasible > 0);
    }

    /// <summary>Best-of-3 is a tilt here: at its divergence 4 candidates, or thousands, have less reward.</summary>
    [Fact]
    public void More_candidates_that_have_less_reward_hide_no_fewer_ones()
    {
        var symbol = new FiniteAlphabet([0.5, 0.3, 0.2], [0, Math.Log(1.29 / 0.25), Math.Log(2.44 / 0.25)]);
        double[] best = ExactLaw.BestOfN(symbol, 3);
        var goal = new PlanGoal(
            symbol,
            1,
            Divergence.Kl(best, symbol.Probabilities) * (1 + 1e-12),
            symbol.ExpectedReward(best) * (1 - 1e-9))
        {
            Decode = BatchCost.Parse("1", "--decode-ms"),
            Reward = BatchCost.Parse("1", "--reward-ms"),
        };
        var planner = new Planner(goal);
        Assert.All(
            (int[])[4, 8, 16, 1024],
            n => Assert.True(planner.At(1, n).Figures.ExpectedReward < goal.RewardTarget, $"{n}"));
        Assert.Equal((3, 0.0), planner.Choices().Select(choice => (choice.Candidates, choice.Lambda)).Single());
    }

    /// <summary>Near the frontier many numbers have reward enough cold, and too little within the budget.</summary>
    [Fact]
    public void No_fewer_candidates_reach_a_goal_near_the_frontier()
    {
        var coin = new FiniteAlphabet([0.5, 0.5], [0, 1]);
        var goal = new PlanGoal(coin, 16, 1, PlanGoal.Frontier(coin, 16, 1) - 1e-4)
        {
            Decode = BatchCost.Parse("1", "--decode-ms"),
            Reward = BatchCost.Parse("1", "--reward-ms"),
        };
        var planner = new Planner(goal);
        PlanChoice[] choices = [.. planner.Choices()];
        Assert.Contains(choices, choice => choice.Candidates > 20);
        foreach (PlanChoice choice in choices)
        {
            Assert.True(choice.Figures.ExpectedReward >= goal.RewardTarget * 16);
            Assert.All(Enumerable.Range(1, choice.Candidates - 1), n => Assert.True(
                planner.At(choice.Block, n).Figures.ExpectedReward < goal.RewardTarget * 16, $"{choice.Block}, {n}"));
        }
    }

    [Fact]
    public void The_frontier_is_the_reward_of_the_tilt_that_spends_the_budget()
    {
        var coin = new FiniteAlphabet([0.5, 0.5], [0, 1]);
        double a = PlanGoal.Frontier(coin, 10, 2);
        Assert.Equal(0.2, Math.Log(2) + (a * Math.Log(a)) + ((1 - a) * Math.Log(1 - a)), 12);
        Assert.Equal(1, PlanGoal.Frontier(coin, 10, 7), 12);
    }

    [Fact]
    public void Costs_are_counted_by_passes_and_batches()
    {
        // Three blocks of 4, 4 and 2 with n = 5: three shared passes, 7 steps of 5 walks, 15 candidates scored.
        var cost = new SequenceCost(10, 4, 5);
        Assert.Equal((3, 50, 38, 15), (cost.Rounds, cost.TokensProposed, cost.TokensDecoded, cost.RewardEvaluations));
        var decode = BatchCost.Parse("1:10,10:20,20:40", "--decode-ms");
        Assert.Equal([10, 10, 15, 20, 30, 40, 50, 80], ((double[])[0.5, 1, 5.5, 10, 15, 20, 21, 40]).Select(decode.Of));
        Assert.Equal((3 * 11.25) + (7 * 20), new SequenceCost(10, 4, 5).DecodeMs(
            BatchCost.Parse("1:10,9:20", "--decode-ms"), prompts: 2) - (7 * 10.0), 12);
        Assert.Equal(3 * 2 * 10, cost.RewardMs(BatchCost.Parse("2", "--reward-ms"), prompts: 2), 12);
    }

    [Fact]
    public void Json_and_table_have_the_same_answer()
    {
        string[] line = ["plan", "--m", "16", "--kl-budget", "2", "--decode-ms", "1", "--reward-ms", "20"];
        ToolResult table = Tool.Run("", line);
        Assert.Equal(0, table.ExitCode);
        using JsonDocument json = JsonDocument.Parse(Tool.Run("", [.. line, "--json"]).Output);
        JsonElement root = json.RootElement;
        string block = root.GetProperty("block").GetInt32().ToString(CultureInfo.InvariantCulture);
        Assert.StartsWith($"Use blocks of {block} ", table.Output, StringComparison.Ordinal);
        Assert.True(root.GetProperty("kl").GetDouble() <= 2);
        Assert.True(root.GetProperty("reward").GetDouble() >= root.GetProperty("reward_target").GetDouble());
        Assert.True(root.GetProperty("choices").GetArrayLength() > 1);
    }

    [Fact]
    public void Dear_rewards_make_blocks_longer()
    {
        int Block(string rewardMs)
        {
            using JsonDocument json = JsonDocument.Parse(Tool.Run(
                "",
                ["plan", "--m", "32", "--kl-budget", "1", "--decode-ms", "1", "--reward-ms", rewardMs, "--json"]).Output);
            return json.RootElement.GetProperty("block").GetInt32();
        }

        Assert.Equal(1, Block("0"));
        Assert.True(Block("1000") > Block("1"));
    }

    [Theory]
    [InlineData("--kl-budget 0", "--kl-budget 0 is out of range; it has to be nats, more than 0")]
    [InlineData("--kl-budget x", "--kl-budget: x is no number")]
    [InlineData("--kl-budget 1 --reward-target 0.9", "out of reach: no law within --kl-budget 1 has more than 0.67")]
    [InlineData("--kl-budget 1 --most-candidates 1", "no block length reaches")]
    [InlineData("--kl-budget 1 --decode-ms 5:x", "--decode-ms: 5:x is no time")]
    [InlineData("--kl-budget 1 --decode-ms 5:1,4:2", "batches have to grow")]
    [InlineData("--kl-budget 1 --reward-ms -1", "--reward-ms: -1 is no time")]
    [InlineData("--kl-budget 1 --p 0.5,0.4", "0.9")]
    [InlineData("--kl-budget 1 --reward 1,1", "all rewards are equal")]
    [InlineData("--kl-budget 1 --reward 1", "--p has 2 values and --reward 1")]
    [InlineData("--kl-budget 1 --prompts 0", "--prompts 0 is out of range")]
    [InlineData("", "'--kl-budget' is required")]
    public void A_fault_is_one_line(string options, string message)
    {
        string line = $"plan --m 16 {options}";
        line += options.Contains("--decode-ms", StringComparison.Ordinal) ? "" : " --decode-ms 1";
        line += options.Contains("--reward-ms", StringComparison.Ordinal) ? "" : " --reward-ms 1";
        ToolResult result = Tool.Run("", line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
        Assert.Equal(1, result.Error.Count(letter => letter == '\n'));
    }

    private static double[] Numbers(string list) =>
        [.. list.Split(',').Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
}
