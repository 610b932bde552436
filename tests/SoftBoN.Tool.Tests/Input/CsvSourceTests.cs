using System.Text;
using SoftBoN.Tool.Host;
using SoftBoN.Tool.Input;

namespace SoftBoN.Tool.Tests.Input;

public class CsvSourceTests
{
    private const string Header = "prompt,candidate,reward\n";
    private const string TwoFields = "2 fields where the header has 3; quote fields with commas";

    private static readonly RowRules Rules = new() { Seed = 42, SeedNeeded = true, Answers = true };

    /// <summary>Each entry as text: id, then rewards or the error.</summary>
    private static List<string> Read(string csv, CsvColumns? columns = null, int most = 1000)
    {
        var lines = new LineBuffer(new TrickleStream(Encoding.UTF8.GetBytes(csv), most), quoted: true);
        var source = new CsvSource(lines, columns ?? new CsvColumns(), Rules);
        var batch = new RowBatch(BatchLimits.ForDraws(1));
        var found = new List<string>();
        while (source.Read(batch))
        {
            found.AddRange(batch.Entries.Select(entry => Show(batch, entry)));
        }

        return found;
    }

    private static string Show(RowBatch batch, BatchEntry entry)
    {
        string id = entry.IdText.IsNone ? "none" : Encoding.UTF8.GetString(entry.IdText.In(batch.Text));
        if (entry.Error is not null)
        {
            return $"{id}: {entry.Error}";
        }

        int from = (int)batch.Starts.Span[entry.Row];
        int to = (int)batch.Starts.Span[entry.Row + 1];
        IEnumerable<string> items = Enumerable.Range(from, to - from).Select(i =>
            Name(batch, batch.Candidates.Span[i]) + FormattableString.Invariant($"{batch.Rewards.Span[i]}"));
        return $"{id}: {string.Join(' ', items)}";
    }

    private static string Name(RowBatch batch, TextRange name) =>
        name.IsNone ? "" : Encoding.UTF8.GetString(name.In(batch.Text)) + "=";

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public void A_prompts_adjacent_records_are_one_row(int most) => Assert.Equal(
        ["a: \"x\"=1 \"y\"=0.5", "b: \"z\"=2"],
        Read("prompt,candidate,reward\na,x,1\na,y,0.5\nb,z,2\n", most: most));

    [Fact]
    public void Quoting_follows_the_standard() => Assert.Equal(
        ["say \"hi\", all\nof you: \"q,\\\"r\"=1"],
        Read("\uFEFFreward,prompt,candidate\r\n1,\"say \"\"hi\"\", all\nof you\",\"q,\"\"r\"\r\n"));

    [Fact]
    public void Columns_are_found_by_name_and_the_candidate_may_be_missing() => Assert.Equal(
        ["a: 1 2"],
        Read("score,q,other\n1,a,x\n2,a,y", new CsvColumns { Prompt = "q", Reward = "score" }));

    [Fact]
    public void Numbers_are_read_in_the_spellings_of_csv_writers() => Assert.Equal(
        ["a: NaN NaN Infinity -Infinity Infinity 0.5 -0.25"],
        Read("prompt,reward\na,\na,nan\na,inf\na,-inf\na,Infinity\na, +0.5 \na,-0.25e0"));

    [Fact]
    public void A_prompt_that_comes_back_is_an_error_that_names_both_lines()
    {
        List<string> found = Read("prompt,reward\na,1\na,2\nb,3\na,4\na,5\nc,6\n");
        Assert.Equal(4, found.Count);
        Assert.Equal("a: 1 2", found[0]);
        Assert.Equal("a: line 5: prompt a comes back, its rows began on line 2; sort the file by prompt", found[2]);
        Assert.Equal("c: 6", found[3]);
    }

    [Fact]
    public void A_bad_record_makes_its_prompt_unreadable_and_no_other()
    {
        List<string> found = Read("prompt,reward\na,1\na,x\na,3\nb,4\nc,1,2\nd,5\n");
        Assert.Equal("a: line 2: the reward is x, which is no number; write it like -1.5e-3 (on line 3)", found[0]);
        Assert.Equal("b: 4", found[1]);
        Assert.Equal("c: line 6: 3 fields where the header has 2; quote fields with commas", found[2]);
        Assert.Equal("d: 5", found[3]);
    }

    [Fact]
    public void A_record_with_too_few_fields_is_its_own_prompts_fault() => Assert.Equal(
        ["b: \"1\"=1", $"c: line 3: {TwoFields}", "d: \"1\"=1"],
        Read($"{Header}b,1,1\nc,1\nc,2,0.5\nc,3,0.9\nd,1,1\n"));

    [Fact]
    public void Every_bad_prompt_has_a_line() => Assert.Equal(
        ["b: \"1\"=1", $"c: line 3: {TwoFields}", $"d: line 4: {TwoFields}", $"e: line 5: {TwoFields}", "f: \"1\"=2"],
        Read($"{Header}b,1,1\nc,1\nd,1\ne,1\nf,1,2\n"));

    [Fact]
    public void Every_bad_record_of_a_prompt_is_named() => Assert.Equal(
        [$"a: line 2: {TwoFields} (on line 3); more on line 5, 6", "b: \"1\"=1"],
        Read($"{Header}a,1,1\na,2\na,3,1\na,4\na,5,x\nb,1,1\n"));

    [Theory]
    [InlineData(",9,1", "the prompt is empty; give every row its prompt")]
    [InlineData("\"c\"c,9,1", "field 1 goes on behind its closing quote; double the quotes inside a field")]
    public void A_record_of_an_unknown_prompt_spoils_the_ones_on_both_sides(string bad, string fault)
    {
        const string Doubt = "the record on line 4 is unreadable and may belong to this prompt; mend that record";
        Assert.Equal(
            ["a: \"1\"=1", $"b: line 3: {Doubt}", $"none: line 4: {fault}", $"d: line 5: {Doubt}", "e: \"1\"=1"],
            Read($"{Header}a,1,1\nb,1,1\n{bad}\nd,1,1\ne,1,1\n"));
        Assert.Equal(
            ["a: \"1\"=1", $"b: line 3: {Doubt}", $"none: line 4: {fault}", "e: \"1\"=1"],
            Read($"{Header}a,1,1\nb,1,1\n{bad}\nb,2,1\ne,1,1\n"));
    }

    [Fact]
    public void A_quote_that_swallows_lines_spoils_the_next_prompt_too()
    {
        List<string> found = Read($"{Header}a,\"x,1\nb,\"1\",1\nb,2,1\nc,1,1\n");
        Assert.Equal(3, found.Count);
        Assert.StartsWith("a: line 2: field 2 goes on behind its closing quote", found[0], StringComparison.Ordinal);
        Assert.StartsWith("b: line 4: the record on line 2 is unreadable", found[1], StringComparison.Ordinal);
        Assert.Equal("c: \"1\"=1", found[2]);
    }

    [Fact]
    public void A_number_that_is_none_is_shown_alone() => Assert.Equal(
        ["a: line 2: the reward is x1, which is no number; write it like -1.5e-3", "b: line 3: the reward is 1., which is no number; write it like -1.5e-3"],
        Read("prompt,reward\na,x1\nb,1.\n"));

    [Theory]
    [InlineData("prompt,reward,reward")]
    [InlineData("reward,prompt,offset,offset")]
    public void A_column_that_is_used_and_there_twice_ends_the_run(string header)
    {
        var fault = Assert.Throws<FaultException>(() => Read($"{header}\na,1,2,3\n"));
        Assert.Contains("more than one column", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_that_is_there_twice_and_unused_is_ignored() => Assert.Equal(
        ["a: 1"], Read("prompt,note,reward,note\na,x,1,y\n"));

    [Fact]
    public void A_record_without_a_prompt_is_an_error() => Assert.Contains(
        "the prompt is empty", Assert.Single(Read("prompt,reward\n,1\n")), StringComparison.Ordinal);

    [Fact]
    public void An_open_quote_at_the_end_is_an_error() => Assert.Contains(
        "no closing one", Assert.Single(Read("prompt,reward\n\"a,1\nb,2\n")), StringComparison.Ordinal);

    [Fact]
    public void A_header_without_the_column_ends_the_run_and_lists_what_there_is()
    {
        var fault = Assert.Throws<FaultException>(() => Read("prompt,score\na,1\n"));
        Assert.Contains("no column \"reward\"", fault.Message, StringComparison.Ordinal);
        Assert.Contains("prompt, score", fault.Message, StringComparison.Ordinal);
        Assert.Contains("--reward-column", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_candidate_column_that_was_asked_for_has_to_be_there() => Assert.Throws<FaultException>(
        () => Read("prompt,reward\na,1\n", new CsvColumns { Candidate = "model" }));
}
