using System.Globalization;
using System.Text.Json;
using SoftBoN.Kernels.Theory;
using SoftBoN.Tool.Study.Sources;

namespace SoftBoN.Tool.Tests.Study;

/// <summary>The frontier's numbers against known ones, and its simulation against exact laws.</summary>
public sealed class FrontierTests(FrontierTests.DefaultRun run) : IClassFixture<FrontierTests.DefaultRun>
{
    private const string Vectors = "vectors/exact-laws.json";

    /// <summary>Pearson's statistic at a level of 1e-6, by degrees of freedom.</summary>
    private static readonly double[] Critical = [0, 23.93, 27.63];

    /// <summary>beta, n, expected reward, KL to the model, KL from the tilt: 40-digit arithmetic.</summary>
    public static TheoryData<int, int, double, double, double> UniformRewards => new()
    {
        { 1, 2, .5403477993, .00982562819, .010752798 },
        { 1, 16, .5769015454, .0357410232, 1.6432131e-4 },
        { 4, 2, .616783528, .086336431, .19162744 },
        { 4, 4, .6952756359, .243804477, .055800095 },
        { 4, 16, .7534864046, .421694673, .0029646716 },
        { 10, 4, .7730958334, .513723672, .35207217 },
        { 10, 16, .8777662244, 1.10659132, .025692362 },
    };

    [Theory]
    [MemberData(nameof(UniformRewards))]
    public void Uniform_rewards_have_the_known_points(int beta, int n, double reward, double kl, double klFromTilt)
    {
        StudyFolder.Row row = run.Point("uniform", "soft best-of-n", n, 1.0 / beta);
        Assert.Equal(1, row["reward"] / reward, 9);
        Assert.Equal(1, row["kl"] / kl, 8);
        Assert.Equal(1, row["kl_from_tilt"] / klFromTilt, 7);
    }

    [SharedFact(Vectors)]
    public void Alphabets_have_the_points_of_the_forty_digit_vectors()
    {
        using JsonDocument vectors = JsonDocument.Parse(File.ReadAllText(Repository.Shared(Vectors)));
        int seen = 0;
        foreach (JsonElement expected in vectors.RootElement.GetProperty("cases").EnumerateArray()
            .Where(one => one.GetProperty("toy").GetString() == "toy3"))
        {
            double lambda = expected.GetProperty("lambda").GetDouble();
            int n = expected.GetProperty("n").GetInt32();
            if (!DefaultRun.Lambdas.Contains(lambda) || !DefaultRun.Ns.Contains(n))
            {
                continue;
            }

            Compare(expected, "e_soft", run.Point("alphabet", "soft best-of-n", n, lambda)["reward"]);
            Compare(expected, "kl_soft_ref", run.Point("alphabet", "soft best-of-n", n, lambda)["kl"]);
            Compare(expected, "kl_tilt_soft", run.Point("alphabet", "soft best-of-n", n, lambda)["kl_from_tilt"]);
            Compare(expected, "e_ur", run.Point("alphabet", "uniform race", n, lambda)["reward"]);
            Compare(expected, "e_bon", run.Point("alphabet", "best-of-n", n, 0)["reward"]);
            Compare(expected, "e_tilt", run.Point("alphabet", "optimal tilt", null, lambda)["reward"]);
            seen++;
        }

        Assert.True(seen >= 6, $"{seen} vectors fit the run");
    }

    [Fact]
    public void No_rule_lies_above_the_tilts() =>
        Assert.All(run.Points, row => Assert.True(row["excess_kl"] > -1e-12, $"{row["excess_kl"]}"));

    [Fact]
    public void Every_line_runs_from_the_model_to_best_of_n()
    {
        foreach (string source in (string[])["alphabet", "uniform", "file"])
        {
            foreach (int n in DefaultRun.Ns)
            {
                StudyFolder.Row best = run.Point(source, "best-of-n", n, 0);
                Assert.Equal(best["reward"], run.Point(source, "soft best-of-n", n, 0)["reward"], 12);
                Assert.Equal(0, run.Point(source, "soft best-of-n", n, double.PositiveInfinity)["kl"], 12);
                Assert.Equal(best["reward"], run.Point(source, "uniform race", n, 0)["reward"], 12);
            }
        }
    }

    /// <summary>The uniform race is nearer to the tilt than soft best-of-n in every f-divergence.</summary>
    [Fact]
    public void The_race_is_nearer_to_the_tilt()
    {
        foreach (StudyFolder.Row race in run.Points.Where(row => row.Text("rule") == "uniform race"))
        {
            StudyFolder.Row soft = run.Point(
                race.Text("source"), "soft best-of-n", (int)race["n"], race["lambda"]);
            double limit = soft["kl_from_tilt"] + 1e-12;
            Assert.True(race["kl_from_tilt"] <= limit, $"{race["kl_from_tilt"]} {limit}");
        }
    }

    [Fact]
    public void Kernels_draw_what_the_exact_laws_say()
    {
        IReadOnlyList<StudyFolder.Row> simulated = run.Folder.Table("simulated");
        Assert.Equal(DefaultRun.Ns.Length * ((2 * DefaultRun.Lambdas.Length) + 1), simulated.Count);
        Assert.All(simulated, row => Assert.True(row["chi_square"] < Critical[(int)row["freedom"]], $"{row}"));
    }

    /// <summary>The same test does tell the law from its limit, so that passing it means something.</summary>
    [Fact]
    public void The_test_has_power()
    {
        var alphabet = new FiniteAlphabet([0.5, 0.3, 0.2], [0, 0.5, 1]);
        using SoftBonEngine engine = SoftBonEngine.CreateHost();
        long[] counts = new Simulation(engine, 1).Counts(alphabet, SelectionNoise.Gumbel, 0.5, 8, 100_000);
        Assert.True(ChiSquareTest.Of(counts, ExactLaw.SoftBestOfN(alphabet, 0.5, 8)).Statistic < Critical[2]);
        Assert.True(ChiSquareTest.Of(counts, ExactLaw.OptimalTilt(alphabet, 0.5)).Statistic > 2 * Critical[2]);
        Assert.True(ChiSquareTest.Of(counts, ExactLaw.UniformRace(alphabet, 0.5, 8)).Statistic > 2 * Critical[2]);
    }

    [Fact]
    public void Results_are_equal_on_every_backend()
    {
        using var reference = new StudyFolder();
        using var simd = new StudyFolder();
        string[] arguments = ["frontier", "--n", "2,3", "--lambda", "inf,1,0.5,0", "--draws", "3000", "--device"];
        reference.Run([.. arguments, "reference"]);
        simd.Run([.. arguments, "simd", "--threads", "1"]);
        Dictionary<string, byte[]> expected = reference.Snapshot();
        Dictionary<string, byte[]> actual = simd.Snapshot();

        // The report says where it was computed.
        Assert.True(expected.Remove("report.html") && actual.Remove("report.html"));
        StudyFolder.AssertEqual(expected, actual);
    }

    /// <summary>Two prompts whose means can be had from the alphabets (1/2, 1/2) and (1/3, 2/3).</summary>
    [Fact]
    public void A_file_has_the_means_of_its_prompts()
    {
        using var folder = new StudyFolder();
        string input = folder.File("two.csv");
        File.WriteAllText(input, "prompt,quality\na,0\nb,1\na,1\nb,1\nb,0\n");
        string[] few = ["--n", "2", "--lambda", "1", "--draws", "1"];
        folder.Run(["frontier", "--input", input, "--reward-column", "quality", .. few]);
        double half = new FiniteAlphabet([.5, .5], [0, 1]).ExpectedReward([.25, .75]);
        StudyFolder.Row best = folder.Table("frontier")
            .Single(row => row.Text("source") == "file" && row.Text("rule") == "best-of-n");
        Assert.Equal((half + (8.0 / 9)) / 2, best["reward"], 14);
        double first = (.75 * Math.Log(1.5)) + (.25 * Math.Log(.5));
        double second = (8.0 / 9 * Math.Log(4.0 / 3)) + (1.0 / 9 * Math.Log(1.0 / 3));
        Assert.Equal((first + second) / 2, best["kl"], 14);
    }

    [Theory]
    [InlineData("{\"rewards\":[1,2]}\n{\"id\":3}\n", "line 2: has no candidates")]
    [InlineData("{\"candidates\":[{\"id\":\"a\"}]}\n", "line 1: candidate 1 has no \"reward\"")]
    [InlineData("{\"rewards\":[1,\"x\"]}\n", "line 1: \"reward\" of candidate 2 is x; it has to be a finite number")]
    [InlineData("nonsense\n", "line 1: no JSON")]
    [InlineData("\n", "no prompts")]
    public void Files_that_cannot_be_read_are_refused(string content, string message)
    {
        using var folder = new StudyFolder();
        string input = folder.File("in.jsonl");
        File.WriteAllText(input, content);
        ToolResult result = folder.TryRun("frontier", "--input", input);
        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith($"softbon: --input {input}: ", result.Error, StringComparison.Ordinal);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    private static void Compare(JsonElement expected, string name, double actual) =>
        Assert.Equal(expected.GetProperty(name).GetDouble(), actual, 1e-12);

    /// <summary>One run for many tests.</summary>
    public sealed class DefaultRun : IDisposable
    {
        private readonly Dictionary<(string, string, double, double), StudyFolder.Row> _points;

        public DefaultRun()
        {
            Folder.Run(
                "frontier",
                "--lambda",
                string.Join(',', Lambdas.Select(lambda => lambda.ToString(CultureInfo.InvariantCulture).Replace(
                    "Infinity", "inf", StringComparison.Ordinal))),
                "--n",
                string.Join(',', Ns),
                "--draws",
                "100000");
            Points = Folder.Table("frontier");
            _points = Points.ToDictionary(row => (row.Text("source"), row.Text("rule"), row["n"], row["lambda"]));
        }

        internal static double[] Lambdas { get; } = [double.PositiveInfinity, 1, 0.5, 0.25, 0.1, 0];

        internal static int[] Ns { get; } = [2, 4, 16];

        internal StudyFolder Folder { get; } = new();

        internal IReadOnlyList<StudyFolder.Row> Points { get; }

        public void Dispose() => Folder.Dispose();

        internal StudyFolder.Row Point(string source, string rule, int? n, double lambda) =>
            _points[(source, rule, n ?? double.NaN, lambda)];
    }
}
