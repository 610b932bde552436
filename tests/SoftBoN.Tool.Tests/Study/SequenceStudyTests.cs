using System.Text.RegularExpressions;
using SoftBoN.Tool.Study.Throughput;

namespace SoftBoN.Tool.Tests.Study;

/// <summary>The studies of sequences and of throughput as commands.</summary>
public class SequenceStudyTests
{
    private static readonly string[] Sequence =
        ["sequence", "--m", "2,4,6", "--block", "2", "--sequences", "300"];

    private static readonly string[] Throughput =
    [
        "throughput", "--m", "2,4,6", "--block", "2", "--vocabulary", "4,16", "--n", "2,8", "--prompts", "1,50",
        "--device", "simd",
    ];

    [Fact]
    public void Results_are_the_same_on_another_backend_and_after_a_resume()
    {
        using var simd = new StudyFolder();
        using var reference = new StudyFolder();
        using var cut = new StudyFolder();
        simd.Run([.. Sequence, "--device", "simd"]);
        reference.Run([.. Sequence, "--device", "reference"]);
        string[] clips = [.. Regex.Matches(File.ReadAllText(simd.File("report.html")), "clipPath id=\"([^\"]*)\"")
            .Select(match => match.Groups[1].Value)];
        Assert.NotEmpty(clips);
        Assert.Equal(clips.Distinct(), clips);
        string[] work = File.ReadAllLines(simd.WorkFile);
        File.WriteAllText(cut.WorkFile, string.Join('\n', work[..5]) + "\n{\"setting\":\"half a l");
        cut.Run([.. Sequence, "--device", "simd"]);
        foreach (string table in (string[])["candidates.csv", "guidance.csv", "simulated.csv", "growth.csv"])
        {
            string expected = File.ReadAllText(simd.File(table));
            Assert.True(expected.Split('\n').Length > 4, expected);
            Assert.Equal(expected, File.ReadAllText(reference.File(table)));
            Assert.Equal(expected, File.ReadAllText(cut.File(table)));
        }
    }

    [Fact]
    public void A_chain_of_order_two_has_blocks_that_follow_their_exact_law()
    {
        using var folder = new StudyFolder();
        folder.Run("sequence", "--m", "6", "--block", "2,3", "--order", "2", "--sequences", "5000");
        StudyFolder.Row[] needed = [.. folder.Table("candidates")
            .Where(row => row.Text("source") == "text" && row.Text("target") == "kl")];
        Assert.Equal([6, 3, 2, 1], needed.Select(row => row["block"]));
        Assert.All(needed, row => Assert.InRange(row["kl_from_tilt"], 1e-6, 0.1));
        StudyFolder.Row[] sampled = [.. folder.Table("simulated")
            .Where(row => row.Text("source") == "text" && row["block"] is 2 or 3)];
        Assert.Equal(4, sampled.Length);

        // Beyond 3.7 once in ten thousand seeds, and this seed is fixed.
        Assert.All(sampled, row => Assert.True(row["degrees"] > 1 && Math.Abs(row["z"]) < 3.7, $"{row["z"]}"));
    }

    [Fact]
    public void What_was_measured_stays_after_a_resume_and_follows_the_exact_law()
    {
        using var folder = new StudyFolder();
        folder.Run(Throughput);
        Dictionary<string, byte[]> first = folder.Snapshot();
        folder.Run(Throughput);
        StudyFolder.AssertEqual(first, folder.Snapshot());

        IReadOnlyList<StudyFolder.Row> rows = folder.Table("measured");
        Assert.Equal(["equal-kl", "fit", "held-out"], rows.Select(row => row.Text("use")).Distinct().Order());
        StudyFolder.Row symbolwise = rows.First(row =>
            (row["m"], row["block"], row["n"], row["prompts"]) == (4, 1, 8, 50));
        Assert.Equal(50 * 4 * 8, symbolwise["tokens_proposed"]);
        Assert.Equal(50 * 4, symbolwise["tokens_decoded"]);
        Assert.Equal(50 * 4 * 8, symbolwise["reward_evaluations"]);
        Assert.Equal(
            symbolwise["wall_ms"] + symbolwise["decode_ms"] + symbolwise["reward_ms"], symbolwise["total_ms"], 1e-9);

        // 0.7065 by theory for n = 8; 200 symbols have a standard error of 0.032.
        Assert.InRange(symbolwise["reward"], 0.58, 0.83);
    }

    [Fact]
    public void The_cost_model_finds_what_things_cost()
    {
        Workload[] works = [.. new ThroughputDesign
        {
            Lengths = [4, 8, 16],
            Vocabularies = [64, 4096],
            Candidates = [2, 16],
            Prompts = [1, 8],
            Blocks = [4],
            Lambda = 1,
            Kl = 0.1,
        }.Fitted];
        double Cost(Workload work) => (0.01 * work.Calls) + (1e-6 * work.LogitsRead) + (2e-6 * work.Noise);
        var model = CostModel.Fit([.. works.Select(work => (work, Cost(work)))]);
        var unseen = new Workload(24, 1024, 32, 3, 6);
        Assert.Equal(Cost(unseen), model.Predict(unseen), 0.02 * Cost(unseen));
        Assert.All(model.Coefficients, cost => Assert.True(cost >= 0));
    }

    [Theory]
    [InlineData("sequence --m 0", "--m: 0 is out of range; each value has to be an integer, 1 to 256")]
    [InlineData("sequence --lambda 1,2", "--lambda 1,2 is a list; give one number")]
    [InlineData("sequence --kl -1", "--kl: -1 is out of range")]
    [InlineData("sequence --gain 1", "--gain: 1 is out of range; each value has to be a number, 0.001 to 0.999")]
    [InlineData("sequence --p 0.5,0.4", "0.9")]
    [InlineData("sequence --p 1", "--p has 1 values and --reward 2; give one")]
    [InlineData("sequence --reward 1,1", "all rewards are equal")]
    [InlineData("sequence --reward 0.5,1", "--reward: 0.5 is no whole number from 0 to 16")]
    [InlineData("sequence --order 3", "--order 3 is not known; it has to be 1, 2")]
    [InlineData("sequence --letters 7", "--letters 7: the text has none of them or nothing else")]
    [InlineData("sequence --text /no/such/file", "--text /no/such/file cannot be read")]
    [InlineData("throughput --vocabulary 1", "--vocabulary: 1 is out of range")]
    [InlineData("throughput --decode-ms 3:", "--decode-ms: 3: is no time")]
    [InlineData("throughput --reward-ms 0:1", "--reward-ms: 0:1 is no BATCH:MS with a batch of at least 1")]
    public void A_fault_is_one_line(string line, string message)
    {
        using var folder = new StudyFolder();
        ToolResult result = folder.TryRun([.. line.Split(' '), "--device", "simd"]);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
        Assert.Equal(1, result.Error.Count(letter => letter == '\n'));
    }
}
