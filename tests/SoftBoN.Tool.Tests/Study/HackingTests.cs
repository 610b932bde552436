namespace SoftBoN.Tool.Tests.Study;

/// <summary>HedgeTune's point and the curves around it.</summary>
public class HackingTests
{
    private const string Alpaca = "data/alpaca-eval-rewards.jsonl";

    /// <summary>Ten candidates that are P = (.5, .3, .2) with proxy (0, .5, 1) and gold (.2, 1, 0).</summary>
    private static string Toy(int prompts)
    {
        string[] candidates =
        [
            .. Enumerable.Repeat("{\"reward\":0,\"gold\":0.2}", 5),
            .. Enumerable.Repeat("{\"reward\":0.5,\"gold\":1}", 3),
            .. Enumerable.Repeat("{\"reward\":1,\"gold\":0}", 2),
        ];
        string line = $"{{\"candidates\":[{string.Join(',', candidates)}]}}\n";
        return string.Concat(Enumerable.Repeat(line, prompts));
    }

    /// <summary>1 / lambda = .492280384469 and gold .401816485721, by 40-digit arithmetic.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void The_toy_has_the_known_hedge_point(int prompts)
    {
        using var folder = new StudyFolder();
        string input = folder.File("toy.jsonl");
        File.WriteAllText(input, Toy(prompts));
        folder.Run("hacking", "--input", input, "--n", "4");
        StudyFolder.Row hedge = Assert.Single(folder.Table("hedge"));
        Assert.Equal(.492280384469, 1 / hedge["lambda"], 8);
        Assert.Equal(.401816485721, hedge["gold"], 11);
        StudyFolder.Row hot = folder.Table("hacking").Single(row => double.IsInfinity(row["lambda"]));
        Assert.Equal(.4, hot["gold"], 12);
    }

    [Fact]
    public void The_sample_is_gamed_and_hedging_helps()
    {
        using var folder = new StudyFolder();
        folder.Run("hacking");
        foreach (StudyFolder.Row hedge in folder.Table("hedge"))
        {
            StudyFolder.Row[] curve = [.. folder.Table("hacking").Where(row => row["n"] == hedge["n"])];
            Assert.True(hedge["gold"] >= curve.Max(row => row["gold"]) - 1e-12);
            Assert.Equal(curve.Single(row => row["lambda"] == 0)["gold"], hedge["best_of_n_gold"], 14);
            Assert.Equal(
                curve.OrderBy(row => row["lambda"]).Select(row => row["proxy"]),
                curve.Select(row => row["proxy"]).OrderDescending());
        }

        StudyFolder.Row last = folder.Table("hedge")[^1];
        Assert.True(last["gold"] > last["best_of_n_gold"] + 0.2);
        Assert.InRange(last["lambda"], 0.1, 1);
    }

    /// <summary>At n = 4 the best temperature lies far below the default grid's neighbour of its best.</summary>
    [Fact]
    public void The_hedge_point_does_not_depend_on_the_temperatures_asked_for()
    {
        using var folder = new StudyFolder();
        folder.Run("hacking", "--n", "4", "--lambda", "inf,1,0");
        StudyFolder.Row coarse = Assert.Single(folder.Table("hedge"));
        using var other = new StudyFolder();
        other.Run("hacking", "--n", "4", "--lambda", "0.0063,0.004,0.003");
        StudyFolder.Row fine = Assert.Single(other.Table("hedge"));
        Assert.Equal(coarse["lambda"], fine["lambda"]);
        Assert.InRange(coarse["lambda"], 0.0037, 0.0038);
        Assert.True(coarse["gold"] > other.Table("hacking").Max(row => row["gold"]));
    }

    [Fact]
    public void Gold_can_be_set_by_the_name_of_a_candidate()
    {
        using var folder = new StudyFolder();
        string input = folder.File("two.jsonl");
        File.WriteAllText(input, """{"candidates":[{"id":"a","reward":0},{"id":"b","reward":1}]}""");
        string[] few = ["--n", "2", "--lambda", "inf,0"];
        folder.Run(["hacking", "--input", input, "--gold", "reward", "--gold-of", "b=-3", .. few]);
        StudyFolder.Row hedge = Assert.Single(folder.Table("hedge"));
        Assert.Equal((double.PositiveInfinity, -1.5, -2.25), (hedge["lambda"], hedge["gold"], hedge["best_of_n_gold"]));
    }

    [Theory]
    [InlineData("c=1", "--gold-of c: no candidate of the file has this id; check its spelling")]
    [InlineData("b", "--gold-of b is no id and number; write it like NullModel=0")]
    public void Names_that_are_nobodys_are_refused(string list, string message)
    {
        using var folder = new StudyFolder();
        string input = folder.File("two.jsonl");
        File.WriteAllText(input, """{"candidates":[{"id":"a","reward":0},{"id":"b","reward":1}]}""");
        ToolResult result = folder.TryRun("hacking", "--input", input, "--gold", "reward", "--gold-of", list);
        Assert.Equal((1, $"softbon: {message}\n"), (result.ExitCode, result.Error));
    }

    /// <summary>A candidate that answers nothing games the judge, the more candidates the more often.</summary>
    [SharedFact(Alpaca)]
    public void The_null_model_costs_more_the_more_candidates_there_are()
    {
        using var folder = new StudyFolder();
        folder.Run(
            "hacking",
            "--input",
            Repository.Shared(Alpaca),
            "--gold",
            "reward",
            "--gold-of",
            "NullModel=0",
            "--n",
            "2,16",
            "--lambda",
            "inf,0.1,0");
        double[] lost = [.. folder.Table("hedge").Select(row => row["best_of_n_proxy"] - row["best_of_n_gold"])];
        Assert.True(lost[1] > lost[0] && lost[0] > 0, $"{lost[0]} {lost[1]}");
    }

    /// <summary>The proxy's differences are so large that no slope is left at the cold end of the search.</summary>
    [SharedFact(Alpaca)]
    public void A_point_between_the_grid_and_zero_is_found()
    {
        using var folder = new StudyFolder();
        folder.Run(
            "hacking",
            "--input",
            Repository.Shared(Alpaca),
            "--proxy",
            "length",
            "--gold",
            "reward",
            "--n",
            "2",
            "--lambda",
            "inf,0.66,0");
        StudyFolder.Row hedge = Assert.Single(folder.Table("hedge"));
        Assert.InRange(hedge["lambda"], 1.1, 1.3);
    }
}
