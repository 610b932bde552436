using System.Text;
using SoftBoN.Tool.Host;
using SoftBoN.Tool.Input;

namespace SoftBoN.Tool.Tests.Input;

public class CsvSourceTests
{
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
        Assert.StartsWith("a: line 2: x at byte 1 is no JSON number", found[0], StringComparison.Ordinal);
        Assert.EndsWith("(on line 3)", found[0], StringComparison.Ordinal);
        Assert.Equal("b: line 5: 3 fields where the header has 2; quote fields with commas (on line 6)", found[1]);
        Assert.Equal("d: 5", found[2]);
    }

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
