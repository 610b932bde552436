using System.Text;
using System.Text.Json;
using SoftBoN.Tool.Input;

namespace SoftBoN.Tool.Tests;

public class SelectTests
{
    private static string[] Prompts(int count) =>
        [.. Enumerable.Range(0, count).Select(i =>
            FormattableString.Invariant($$"""{"id":"p{{i}}","rewards":[0.{{i % 10}},0.5,0.{{(i * 7) % 10}},0.9]}"""))];

    private static string Join(IEnumerable<string> lines) => string.Join('\n', lines) + "\n";

    [Fact]
    public void The_output_has_the_documented_fields_in_order()
    {
        ToolResult result = Tool.Select(
            """{"id":"a","candidates":[{"id":"x","reward":1,"answer":5}]}""", "--weights", "--majority");
        using JsonDocument line = JsonDocument.Parse(result.Output);
        Assert.Equal(
            [
                "id", "index", "candidate", "reward", "log_probability", "margin", "lambda", "ess", "entropy",
                "kl_to_uniform", "expected_reward", "status", "answer", "answer_share", "answer_index", "weights",
            ],
            line.RootElement.EnumerateObject().Select(member => member.Name));
        Assert.Equal("x", line.RootElement.GetProperty("candidate").GetString());
        Assert.Equal("5", line.RootElement.GetProperty("answer").GetString());
        Assert.Equal(0, result.ExitCode);
        Assert.Empty(result.Error);
    }

    /// <summary>Closed forms: two candidates, 1 apart at lambda 1, have weights 1/(1+e^-1) and 1/(1+e).</summary>
    [Fact]
    public void Diagnostics_have_their_closed_forms()
    {
        ToolResult result = Tool.Run(
            """{"id":1,"rewards":[1,0]}""", "select", "--lambda", "1", "--noise", "none", "--weights");
        using JsonDocument line = JsonDocument.Parse(result.Output);
        double p = 1 / (1 + Math.Exp(-1));
        double entropy = -(p * Math.Log(p)) - ((1 - p) * Math.Log(1 - p));
        Assert.Equal(p, Number(line, "expected_reward"), 6);
        Assert.Equal(1 / ((p * p) + ((1 - p) * (1 - p))), Number(line, "ess"), 6);
        Assert.Equal(entropy, Number(line, "entropy"), 6);
        Assert.Equal(Math.Log(2) - entropy, Number(line, "kl_to_uniform"), 6);
        Assert.Equal(Math.Log(p), Number(line, "log_probability"), 6);
        Assert.Equal(1, Number(line, "margin"), 6);
        Assert.Equal(0, line.RootElement.GetProperty("index").GetInt32());
        Assert.Equal(
            [p, 1 - p],
            line.RootElement.GetProperty("weights").EnumerateArray().Select(weight => weight.GetDouble()),
            (x, y) => Math.Abs(x - y) < 1e-6);
    }

    [Fact]
    public void Output_lines_do_not_depend_on_order_or_on_how_the_input_is_split()
    {
        string[] lines = Prompts(500);
        string[] whole = Tool.Select(Join(lines)).Lines;
        int[] order = [.. Enumerable.Range(0, lines.Length).OrderBy(i => (i * 7919) % 500)];
        string[] shuffled = Tool.Select(Join(order.Select(i => lines[i]))).Lines;
        Assert.Equal(order.Select(i => whole[i]), shuffled);
        IEnumerable<string> pieces = lines.Chunk(37).SelectMany(piece => Tool.Select(Join(piece)).Lines);
        Assert.Equal(whole, pieces);
        ToolResult trickled = Tool.Run(
            new TrickleStream(Encoding.UTF8.GetBytes(Join(lines)), 11), "select", "--lambda", "0.1", "--seed", "42");
        Assert.Equal(whole, trickled.Lines);
        Assert.True(whole.Select(BehindId).Distinct().Count() > 50);
    }

    [Theory]
    [InlineData("select --lambda 0.1 --seed 42 --majority --weights")]
    [InlineData("select --target-kl 0.3 --seed 42 --draws 3 --distinct --majority")]
    [InlineData("select --target-ess 2 --seed 42 --noise uniform-race --draws 2 --allow-negative-lambda")]
    [InlineData("weights --target-kl 0.3 --allow-negative-lambda")]
    public void A_line_of_any_kind_gets_the_same_answer_alone_and_in_any_company(string command)
    {
        string[] args = command.Split(' ');
        string[] lines =
            [.. File.ReadLines(Repository.File("tests/SoftBoN.Tool.Tests/Golden/edges.jsonl"))
                .Where(line => line.StartsWith("{\"id\"", StringComparison.Ordinal) && line.EndsWith('}'))];
        string[] alone = [.. lines.Select(line => Assert.Single(Tool.Run(line, args).Lines))];
        Assert.Equal(alone, Tool.Run(Join(lines), args).Lines);
        Assert.Equal(alone.Reverse(), Tool.Run(Join(lines.Reverse()), args).Lines);
    }

    [Theory]
    [InlineData("--device", "reference")]
    [InlineData("--device", "simd")]
    [InlineData("--threads", "1")]
    [InlineData("--threads", "3")]
    public void Output_does_not_depend_on_the_device_or_the_threads(string option, string value)
    {
        string input = Join(Prompts(300));
        Assert.Equal(Tool.Select(input).Output, Tool.Select(input, option, value).Output);
    }

    [Fact]
    public void A_lines_own_seed_stands_for_seed_and_id()
    {
        ulong seed = new RowSeeds(42).Of("p1"u8);
        string own = Tool.Run(
            $$"""{"id":"p1","rewards":[0.1,0.5,0.7,0.9],"seed":{{seed}}}""", "select", "--lambda", "0.1").Output;
        Assert.Equal(Tool.Select(Prompts(2)[1]).Output, own);
    }

    [Fact]
    public void A_number_a_string_and_csv_agree_on_the_id_7()
    {
        string number = BehindId(Tool.Select("""{"id":7,"rewards":[0.1,0.2,0.3,0.4]}""").Output);
        string text = BehindId(Tool.Select("""{"id":"7","rewards":[0.1,0.2,0.3,0.4]}""").Output);
        ToolResult csv = Tool.Select("prompt,reward\n7,0.1\n7,0.2\n7,0.3\n7,0.4\n", "--format", "csv");
        Assert.Equal(number, text);
        Assert.Equal(number, BehindId(csv.Output));
    }

    [Fact]
    public void A_negative_seed_is_its_bits() => Assert.Equal(
        Tool.Run(Prompts(1)[0], "select", "--lambda", "0.1", "--seed", "18446744073709551615").Output,
        Tool.Run(Prompts(1)[0], "select", "--lambda", "0.1", "--seed", "-1").Output);

    [Fact]
    public void Positions_under_one_seed_draw_anew()
    {
        string[] lines =
            [.. Enumerable.Range(0, 64).Select(i => $$"""{"id":"a","rewards":[1,1,1,1],"position":{{i}}}""")];
        int distinct = Tool.Select(Join(lines)).Lines.Distinct().Count();
        Assert.Equal(64, distinct);
    }

    [Fact]
    public void Elements_from_ids_make_the_pick_independent_of_the_candidates_order()
    {
        string[] candidates = [.. Enumerable.Range(0, 6).Select(i => $$"""{"id":"c{{i}}","reward":0.5}""")];
        string Pick(IEnumerable<string> order, int prompt)
        {
            string line = $$"""{"id":{{prompt}},"candidates":[{{string.Join(',', order)}}]}""";
            using JsonDocument result = JsonDocument.Parse(Tool.Select(line, "--elements-from-ids").Output);
            return result.RootElement.GetProperty("candidate").GetString()!;
        }

        string[] picks = [.. Enumerable.Range(0, 20).Select(i => Pick(candidates, i))];
        Assert.Equal(picks, Enumerable.Range(0, 20).Select(i => Pick(candidates.Reverse(), i)));
        Assert.True(picks.Distinct().Count() > 2);
    }

    [Fact]
    public void Equal_candidate_ids_give_the_row_a_status()
    {
        ToolResult result = Tool.Select(
            """{"id":1,"candidates":[{"id":"x","reward":1},{"id":"x","reward":0}]}""", "--elements-from-ids");
        Assert.Contains("\"status\":\"duplicate_elements\"", result.Output, StringComparison.Ordinal);
        Assert.Equal(0, result.ExitCode);
    }

    [Theory]
    [InlineData("[]", "empty")]
    [InlineData("[1,NaN]", "reward_nan")]
    [InlineData("[1,null]", "reward_nan")]
    [InlineData("[1,Infinity]", "reward_positive_infinity")]
    [InlineData("[\"-Infinity\"]", "all_excluded")]
    public void A_row_in_trouble_has_a_status_nulls_and_exit_code_0(string rewards, string status)
    {
        ToolResult result = Tool.Select($$"""{"id":1,"rewards":{{rewards}}}""");
        Assert.Equal(
            "{\"id\":1,\"index\":null,\"candidate\":null,\"reward\":null,\"log_probability\":null,\"margin\":null,"
            + "\"lambda\":null,\"ess\":null,\"entropy\":null,\"kl_to_uniform\":null,\"expected_reward\":null,"
            + $"\"status\":\"{status}\"}}\n",
            result.Output);
        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public void Unreadable_lines_keep_their_place_and_the_exit_code_is_2()
    {
        ToolResult result = Tool.Select(
            "{\"id\":1,\"rewards\":[1]}\n\n{\"id\":2,\"rewards\":[x]}\n{\"id\":3,\"rewards\":[1]}");
        Assert.Equal(3, result.Lines.Length);
        Assert.StartsWith("{\"id\":1,\"index\":0,", result.Lines[0], StringComparison.Ordinal);
        Assert.Equal(
            """{"id":2,"status":"unreadable","error":"line 3: expected a value at byte 20, found x]}"}""",
            result.Lines[1]);
        Assert.StartsWith("{\"id\":3,\"index\":0,", result.Lines[2], StringComparison.Ordinal);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("1 of 3 lines unreadable", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Invalid_utf8_is_an_unreadable_line()
    {
        byte[] input = [.. "{\"id\":\""u8, 0xFF, .. "\",\"rewards\":[1]}\n{\"id\":2,\"rewards\":[1]}\n"u8];
        ToolResult result = Tool.Run(input, "select", "--lambda", "1", "--seed", "1");
        Assert.Contains("line 1: no valid UTF-8", result.Lines[0], StringComparison.Ordinal);
        Assert.StartsWith("{\"id\":2,\"index\":0", result.Lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Draws_make_arrays_and_distinct_draws_do_not_repeat()
    {
        ToolResult result = Tool.Select(
            """{"id":1,"candidates":[{"id":"a","reward":1},{"id":"b","reward":1},{"id":"c","reward":1}]}""",
            "--draws", "4", "--distinct");
        using JsonDocument line = JsonDocument.Parse(result.Output);
        JsonElement[] index = [.. line.RootElement.GetProperty("index").EnumerateArray()];
        Assert.Equal([0, 1, 2], index[..3].Select(place => place.GetInt32()).Order());
        Assert.Equal(JsonValueKind.Null, index[3].ValueKind);
        Assert.Equal(
            index[..3].Select(place => "abc"[place.GetInt32()].ToString()),
            line.RootElement.GetProperty("candidate").EnumerateArray().Take(3).Select(name => name.GetString()));
        Assert.Equal("fewer_candidates_than_draws", line.RootElement.GetProperty("status").GetString());
    }

    [Fact]
    public void A_budget_is_met_and_a_lines_own_lambda_goes_before_it()
    {
        string[] lines =
        [
            """{"id":1,"rewards":[0,1,2,3]}""",
            """{"id":1,"rewards":[0,1,2,3],"lambda":0.25}""",
            """{"id":1,"rewards":[0,1,2,3],"lambda":"Infinity"}""",
            """{"id":1,"rewards":[0,1,2,3]}""",
        ];
        ToolResult result = Tool.Run(Join(lines), "select", "--target-kl", "0.5", "--seed", "1");
        JsonElement[] rows = [.. result.Lines.Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal(0.5, rows[0].GetProperty("kl_to_uniform").GetDouble(), 4);
        Assert.Equal(0.25f, rows[1].GetProperty("lambda").GetSingle());
        Assert.Equal(0, rows[2].GetProperty("kl_to_uniform").GetDouble());
        Assert.Equal(result.Lines[0], result.Lines[3]);
        string alone = Tool.Run(lines[1], "select", "--lambda", "9", "--seed", "1").Lines[0];
        Assert.Equal(alone, result.Lines[1]);
    }

    [Fact]
    public void A_negative_lambda_prefers_low_rewards_where_it_is_allowed()
    {
        string line = """{"id":1,"rewards":[0,1,2],"lambda":-0.01}""";
        ToolResult refused = Tool.Select(line);
        Assert.Contains("\"status\":\"lambda_invalid\"", refused.Output, StringComparison.Ordinal);
        ToolResult allowed = Tool.Select(line, "--allow-negative-lambda");
        Assert.Contains("\"index\":0,", allowed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_majority_is_weighted_by_reward_and_not_by_count()
    {
        string line = """
            {"id":1,"candidates":[{"reward":0,"answer":1},{"reward":0,"answer":1},{"reward":9,"answer":7},{"reward":9}]}
            """;
        using JsonDocument result = JsonDocument.Parse(Tool.Select(line, "--majority").Output);
        Assert.Equal("7", result.RootElement.GetProperty("answer").GetString());
        Assert.Equal(2, result.RootElement.GetProperty("answer_index").GetInt32());
        Assert.Equal(0.5, result.RootElement.GetProperty("answer_share").GetDouble(), 6);
    }

    [Fact]
    public void A_row_without_votes_has_a_pick_and_a_status()
    {
        string output = Tool.Select("""{"id":1,"rewards":[1,0]}""", "--majority").Output;
        Assert.EndsWith(
            "\"status\":\"no_votes\",\"answer\":null,\"answer_share\":null,\"answer_index\":null}\n",
            output,
            StringComparison.Ordinal);
        Assert.StartsWith("{\"id\":1,\"index\":0,", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_more_lines_than_a_batch_comes_out_in_order()
    {
        string[] lines = Tool.Select(Join(Prompts(10_000))).Lines;
        Assert.Equal(10_000, lines.Length);
        Assert.All(lines.Select((line, i) => (line, i)), pair =>
            Assert.StartsWith($"{{\"id\":\"p{pair.i}\",", pair.line, StringComparison.Ordinal));
    }

    private static string BehindId(string line) => line[line.IndexOf("\"index\"", StringComparison.Ordinal)..];

    private static double Number(JsonDocument line, string name) => line.RootElement.GetProperty(name).GetDouble();
}
