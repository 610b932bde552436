using System.Globalization;
using System.Text.Json;

namespace SoftBoN.Tool.Tests.Tokens;

public sealed class TiltTests : IDisposable
{
    private static readonly float Log3 = MathF.Log(3);

    private readonly NpyFolder _folder = new();

    /// <summary>p = (1/4, 3/4) and exp(r) = (3, 1): the tilt is (1/2, 1/2), and Z = 3/2.</summary>
    [Fact]
    public void A_line_has_its_closed_forms()
    {
        string logits = _folder.Save("l.npy", 1, 0, Log3);
        string rewards = _folder.Save("r.npy", 1, Log3, 0);
        ToolResult result = Tilt(logits, "--rewards", rewards, "--lambda", "1");
        using JsonDocument json = JsonDocument.Parse(result.Output);
        Assert.Equal(
            ["row", "token", "log_probability", "base_log_probability", "lse", "base_lse", "kl", "status"],
            json.RootElement.EnumerateObject().Select(member => member.Name));
        int token = json.RootElement.GetProperty("token").GetInt32();
        AssertNear(json, "log_probability", Math.Log(0.5));
        AssertNear(json, "base_log_probability", Math.Log(token == 0 ? 0.25 : 0.75));
        AssertNear(json, "lse", Math.Log(6));
        AssertNear(json, "base_lse", Math.Log(4));
        AssertNear(json, "kl", 0.5 * Math.Log(4.0 / 3));
        Assert.Equal("ok", json.RootElement.GetProperty("status").GetString());
    }

    [Fact]
    public void Ranks_and_the_likeliest_tokens_and_draws()
    {
        string file = _folder.Save("l.npy", 1, 0, 2, float.NegativeInfinity, 1);
        string output = Tilt(file, "--rank", "--top", "5", "--draws", "3", "--temperature", "0").Output;
        Assert.Contains("\"token\":[1,1,1],\"log_probability\":[0,0,0]", output, StringComparison.Ordinal);
        Assert.EndsWith("\"rank\":[0,0,0],\"top_tokens\":[1],\"top_log_probabilities\":[0]}\n", output, StringComparison.Ordinal);
        string three = Tilt(file, "--top", "5").Output;
        Assert.Contains("\"top_tokens\":[1,3,0],", three, StringComparison.Ordinal);
    }

    /// <summary>e^2, e, 1: each rule keeps the two it is asked to.</summary>
    [Theory]
    [InlineData("--top-k 2")]
    [InlineData("--top-p 0.7")]
    [InlineData("--min-p 0.2")]
    [InlineData("--top-n-sigma 1.3")]
    public void Truncation(string options)
    {
        string file = _folder.Save("l.npy", 1, 2, 1, 0);
        string output = Tilt(file, [.. options.Split(' '), "--top", "5"]).Output;
        Assert.Contains("\"top_tokens\":[0,1],", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_in_trouble_have_a_status()
    {
        string[] lines = Tilt(_folder.Save("l.npy", 3, 0, float.NaN, 0, 1, 0, float.PositiveInfinity)).Lines;
        Assert.Equal(
            "{\"row\":0,\"token\":null,\"log_probability\":null,\"base_log_probability\":null,\"lse\":null,"
            + "\"base_lse\":null,\"kl\":null,\"status\":\"logit_nan\"}",
            lines[0]);
        Assert.Contains("\"status\":\"ok\"", lines[1], StringComparison.Ordinal);
        Assert.Contains("\"status\":\"logit_positive_infinity\"", lines[2], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("--noise token")]
    [InlineData("--mode soft-best-of-n --proposals 3 --draws 2")]
    public void A_file_in_two_parts_has_the_lines_of_the_whole(string options)
    {
        const int Columns = 37;
        const int Rows = 23;
        var random = new Random(5);
        float[] values = [.. Enumerable.Range(0, Rows * Columns).Select(_ => (float)(6 * random.NextDouble()))];
        string[] words = [.. options.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--top", "3", "--rank"];
        string whole = Tilt(_folder.Save("w.npy", Rows, values), words).Output;
        string first = Tilt(_folder.Save("a.npy", 9, values[..(9 * Columns)]), words).Output;
        string second = Tilt(
            _folder.Save("b.npy", Rows - 9, values[(9 * Columns)..]), [.. words, "--first-position", "9"]).Output;
        Assert.Equal(whole, first + second);
        Assert.Equal(Rows, whole.Split('\n').Select(line => line.Split(',')[0]).Distinct().Count() - 1);
        Assert.NotEqual(whole, Tilt(_folder.Path("w.npy"), [.. words, "--first-position", "1"]).Output);
    }

    [Fact]
    public void Positions_end_with_64_bits() => Assert.StartsWith(
        "{\"row\":18446744073709551615,",
        Tilt(_folder.Save("l.npy", 1, 1, 2), "--first-position", "-1").Output,
        StringComparison.Ordinal);

    [Fact]
    public void Lines_are_those_of_the_library()
    {
        const int Columns = 1500;
        const int Rows = 11;
        var random = new Random(6);
        float[] logits = [.. Enumerable.Range(0, Rows * Columns).Select(_ => (float)(6 * random.NextDouble()))];
        float[] rewards = [.. Enumerable.Range(0, Rows * Columns).Select(_ => (float)random.NextDouble())];
        int[] tokens = new int[Rows];
        float[] logSumExps = new float[Rows];
        ulong[] positions = [.. Enumerable.Range(100, Rows).Select(i => (ulong)i)];
        using var engine = SoftBonEngine.CreateHost();
        engine.TiltTokens(
            TokenMatrix.Of(logits, Rows, Columns),
            new TokenTiltOptions
            {
                Rewards = TokenMatrix.Of(rewards, Rows, Columns),
                Lambda = 0.25f,
                Temperature = 1.5f,
                Seed = 42ul,
                Position = positions,
            },
            new TokenTiltOutputs { Token = tokens, LogSumExp = logSumExps });
        foreach (string threads in (string[])["1", "2"])
        {
            string[] lines = Tilt(
                _folder.Save("l.npy", Rows, logits),
                "--rewards",
                _folder.Save("r.npy", Rows, rewards),
                "--lambda",
                "0.25",
                "--temperature",
                "1.5",
                "--first-position",
                "100",
                "--threads",
                threads).Lines;
            Assert.Equal(tokens, lines.Select(line => Member(line, "token").GetInt32()));
            Assert.Equal(logSumExps, lines.Select(line => Member(line, "lse").GetSingle()));
        }
    }

    [Fact]
    public void Files_of_other_shapes_are_refused_and_both_are_named()
    {
        string logits = _folder.Save("l.npy", 2, 1, 2, 3, 4, 5, 6);
        string rewards = _folder.Save("r.npy", 3, 1, 2, 3, 4, 5, 6);
        Assert.Equal(
            $"softbon: --logits {logits} has the shape [2, 3] and --rewards {rewards} [3, 2]; "
            + "give a reward for each logit\n",
            Tilt(logits, "--rewards", rewards, "--lambda", "1").Error);
    }

    [Theory]
    [InlineData("--temperature -1", "--temperature -1 is out of range; it has to be 0 to inf")]
    [InlineData("--top-p 0", "--top-p 0 is out of range; it has to be above 0, to 1")]
    [InlineData("--min-p 1.5", "--min-p 1.5 is out of range; it has to be 0 to 1")]
    [InlineData("--top-n-sigma -1", "--top-n-sigma -1 is out of range; it has to be at least 0")]
    [InlineData("--top-k 0", "--top-k 0 is out of range")]
    [InlineData("--top 21", "--top 21 is out of range; it has to be an integer, 1 to 20")]
    [InlineData("--lambda 1", "--lambda is given and there are no rewards; pass --rewards FILE")]
    [InlineData("--rewards x.npy", "no --lambda; --rewards need a temperature")]
    [InlineData("--rewards x.npy --lambda -1", "--lambda -1 is out of range; it has to be 0 to inf; to prefer low")]
    [InlineData("--mode soft-best-of-n", "no --proposals; --mode soft-best-of-n needs them")]
    [InlineData("--proposals 2", "--proposals is for --mode soft-best-of-n")]
    [InlineData("--mode soft-best-of-n --proposals 1024 --draws 262144", "--draws 262144 times --proposals 1024")]
    [InlineData("--noise segment", "--noise segment is not known; it has to be block, token")]
    [InlineData("--output l.npy --logits l.npy", "--logits l.npy and --output l.npy are the same file")]
    public void Faults_of_the_command_line(string options, string message)
    {
        string[] words = options.Split(' ');
        string[] logits = words.Contains("--logits") ? [] : ["--logits", _folder.Save("l.npy", 1, 1, 2)];
        ToolResult result = Tool.Run("", ["tilt", "--seed", "1", .. logits, .. words]);
        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("softbon: " + message, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_seed_is_needed_unless_nothing_is_left_to_chance()
    {
        string file = _folder.Save("l.npy", 1, 1, 2);
        ToolResult result = Tool.Run("", "tilt", "--logits", file);
        Assert.Contains("no --seed; pass one", result.Error, StringComparison.Ordinal);
        Assert.Equal(0, Tool.Run("", "tilt", "--logits", file, "--mode", "greedy").ExitCode);
    }

    [Theory]
    [InlineData("--device", "reference")]
    [InlineData("--device", "ilgpu-cpu")]
    [InlineData("--threads", "1")]
    public void Output_does_not_depend_on_the_device_or_the_threads(string option, string value)
    {
        string logits = _folder.Save("l.npy", 3, 0, 2, float.NegativeInfinity, 1, 4, 4, 1, 2, -1, 0.5f, 3, float.NaN);
        string rewards = _folder.Save("r.npy", 3, 1, 0, 2, 1, 0, 1, 2, 1, 0, 0, 0, 0);
        string[] options = ["--rewards", rewards, "--lambda", "0.5", "--rank", "--top", "3", "--draws", "2", "--min-p", "0.01"];
        Assert.Equal(Tilt(logits, options).Output, Tilt(logits, [.. options, option, value]).Output);
    }

    [Fact]
    public void The_output_goes_to_a_file()
    {
        string output = _folder.Path("tokens.jsonl");
        Assert.Equal("", Tilt(_folder.Save("l.npy", 1, 1), "--output", output).Output);
        Assert.StartsWith("{\"row\":0,\"token\":0,", File.ReadAllText(output), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static ToolResult Tilt(string logits, params string[] more) =>
        Tool.Run("", ["tilt", "--logits", logits, "--seed", "42", .. more]);

    private static JsonElement Member(string line, string name)
    {
        using JsonDocument json = JsonDocument.Parse(line);
        return json.RootElement.GetProperty(name).Clone();
    }

    private static void AssertNear(JsonDocument json, string name, double expected)
    {
        double value = json.RootElement.GetProperty(name).GetDouble();
        Assert.True(
            Math.Abs(expected - value) < 1e-6,
            string.Create(CultureInfo.InvariantCulture, $"{name}: {value} instead of {expected}"));
    }
}
