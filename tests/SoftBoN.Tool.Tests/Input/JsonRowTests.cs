using System.Text;
using SoftBoN.Tool.Input;

namespace SoftBoN.Tool.Tests.Input;

public class JsonRowTests
{
    private static readonly RowRules Rules = new() { Seed = 42, SeedNeeded = true, Answers = true };

    private static RowDraft Read(string line, RowRules? rules = null)
    {
        var row = new RowDraft(rules ?? Rules);
        row.Begin(1);
        JsonRow.Read(Encoding.UTF8.GetBytes(line), row);
        return row;
    }

    private static string Show(RowDraft row, TextRange range) =>
        range.IsNone ? "none" : Encoding.UTF8.GetString(range.In(row.Text));

    [Fact]
    public void Rewards_are_read_with_all_spellings_of_what_is_no_number()
    {
        RowDraft row = Read(
            """{"id":1,"rewards":[1, -2.5e1 ,NaN,Infinity,-Infinity,null,"NaN","Infinity","-Infinity"]}""");
        Assert.Equal(
            [
                1, -25, float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.NaN, float.NaN,
                float.PositiveInfinity, float.NegativeInfinity,
            ],
            row.Rewards.Span.ToArray());
    }

    [Fact]
    public void Candidates_are_read_whatever_the_order_of_their_fields()
    {
        RowDraft row = Read(
            """
            {"candidates":[{"answer":"x","reward":1,"id":"a"},
            {"text":{"x":[1,"}"]},"id":7,"reward":null,"answer":3},{"reward":2}],"id":"q"}
            """);
        Assert.Equal([1, float.NaN, 2], row.Rewards.Span.ToArray());
        Assert.Equal(["\"a\"", "7", "none"], row.Candidates.Span.ToArray().Select(range => Show(row, range)));
        Assert.Equal(["x", "3", "none"], row.AnswerTexts.Span.ToArray().Select(range => Show(row, range)));
        Assert.Equal([0, 1, -1], row.Answers.Span.ToArray());
    }

    [Fact]
    public void Answers_are_numbered_by_text_in_the_order_seen()
    {
        string[] answers = ["\"b\"", "42", "\"42\"", "null", "\"\\u0062\"", "\"\""];
        IEnumerable<string> candidates = answers.Select(answer => $$"""{"reward":0,"answer":{{answer}}}""");
        RowDraft row = Read($$"""{"id":1,"candidates":[{{string.Join(',', candidates)}}]}""");
        Assert.Equal([0, 1, 1, -1, 0, 2], row.Answers.Span.ToArray());
    }

    [Fact]
    public void Many_answers_keep_their_numbers()
    {
        IEnumerable<string> candidates = Enumerable.Range(0, 3000)
            .Select(i => $$"""{"reward":0,"answer":{{i % 1000}}}""");
        RowDraft row = Read($$"""{"id":1,"candidates":[{{string.Join(',', candidates)}}]}""");
        Assert.Equal(Enumerable.Range(0, 3000).Select(i => i % 1000), row.Answers.Span.ToArray());
    }

    [Theory]
    [InlineData("7", "7")]
    [InlineData("\"7\"", "7")]
    [InlineData("\"a\\u00e9\\n\\\"\"", "aé\n\"")]
    [InlineData("\"\\ud83d\\ude00\"", "😀")]
    public void Ids_have_a_text_and_keep_their_spelling(string json, string text)
    {
        RowDraft row = Read($$"""{"id":{{json}},"rewards":[1]}""");
        Assert.Equal(json, Show(row, row.Id));
        Assert.Equal(text, Show(row, row.IdText));
        Assert.Equal(new RowSeeds(42).Of(Encoding.UTF8.GetBytes(text)), row.Seed);
    }

    [Theory]
    [InlineData("18446744073709551615", ulong.MaxValue)]
    [InlineData("\"9007199254740993\"", 9007199254740993UL)]
    [InlineData("0", 0UL)]
    public void A_lines_own_seed_is_used_as_it_is(string json, ulong seed) =>
        Assert.Equal(seed, Read($$"""{"id":1,"seed":{{json}},"rewards":[1],"position":"3"}""").Seed);

    [Fact]
    public void Lambda_position_and_offsets_may_differ_by_line()
    {
        RowDraft row = Read(
            """{"id":1,"rewards":[1,2],"lambda":"Infinity","position":3,"offsets":[0.5,"-Infinity"]}""");
        Assert.Equal(float.PositiveInfinity, row.Lambda);
        Assert.Equal(3UL, row.Position);
        Assert.Equal([0.5f, float.NegativeInfinity], row.Offsets.Span.ToArray());
    }

    [Fact]
    public void An_excluding_offset_takes_the_candidate_out_of_the_rewards_but_hides_no_fault()
    {
        RowDraft row = Read("""{"id":1,"rewards":[1,NaN,3],"offsets":[-Infinity,-Infinity,0]}""");
        Assert.Equal([float.NegativeInfinity, float.NaN, 3], row.Rewards.Span.ToArray());
    }

    [Fact]
    public void Offsets_may_stand_in_some_candidates()
    {
        RowDraft row = Read("""{"id":1,"candidates":[{"reward":1},{"reward":2,"offset":-1},{"reward":3}]}""");
        Assert.Equal([0, -1, 0], row.Offsets.Span.ToArray());
    }

    [Fact]
    public void Null_means_not_given()
    {
        RowDraft row = Read(
            """{"id":1,"rewards":[1],"candidates":null,"lambda":null,"seed":null,"position":null,"offsets":null}""");
        Assert.Null(row.Lambda);
        Assert.Equal(new RowSeeds(42).Of("1"u8), row.Seed);
        Assert.Equal(0, row.Offsets.Count);
    }

    [Fact]
    public void A_line_without_an_id_can_be_named_by_its_bytes()
    {
        RowDraft row = Read("""{"rewards":[1,2]}""", Rules with { IdFromContent = true });
        Assert.Equal("ab43ee8d4a6b8de96ef9fe9ccf6cfd1cf50a11f0d3aaab6f61c42e1817964324", Show(row, row.IdText));
    }

    [Theory]
    [InlineData("foo", "expected '{' at byte 1, found foo")]
    [InlineData("{\"id\":1,\"rewards\":[1,2]", "line ends at byte 23")]
    [InlineData("{\"id\":1,\"rewards\":[1,]}", "expected a value at byte 22")]
    [InlineData("{\"id\":1,\"rewards\":[1 2]}", "expected ',' or ']'")]
    [InlineData("{\"id\":1,\"rewards\":[1]}x", "one JSON object per line")]
    [InlineData("{\"id\":1,\"rewards\":[true]}", "expected a number")]
    [InlineData("{\"id\":1,\"rewards\":[\"0.5\"]}", "\"0.5\" is no number")]
    [InlineData("{\"id\":1,\"rewards\":[1e999]}", "beyond float32")]
    [InlineData("{\"id\":1,\"rewards\":7}", "expected '['")]
    [InlineData("{\"rewards\":[1]}", "no id")]
    [InlineData("{\"id\":null,\"rewards\":[1]}", "no id")]
    [InlineData("{\"id\":true,\"rewards\":[1]}", "\"id\" has to be a string or a number")]
    [InlineData("{\"id\":1}", "either \"rewards\" or \"candidates\"")]
    [InlineData("{\"id\":1,\"rewards\":[1],\"candidates\":[]}", "either \"rewards\" or \"candidates\"")]
    [InlineData("{\"id\":1,\"rewards\":[1],\"rewards\":[2]}", "given twice")]
    [InlineData("{\"id\":1,\"candidates\":[{\"id\":2}]}", "candidate 1 has no reward")]
    [InlineData("{\"id\":1,\"candidates\":[{\"reward\":2,\"reward\":3}]}", "\"reward\" is given twice")]
    [InlineData("{\"id\":1,\"rewards\":[1],\"seed\":1.5}", "\"seed\" is 1.5")]
    [InlineData("{\"id\":1,\"rewards\":[1],\"seed\":-1}", "\"seed\" is -1")]
    [InlineData("{\"id\":1,\"rewards\":[1],\"seed\":18446744073709551616}", "0 to 18446744073709551615")]
    [InlineData("{\"id\":1,\"rewards\":[1],\"offsets\":[1,2]}", "2 offsets for 1 candidates")]
    [InlineData("{\"id\":1,\"candidates\":[{\"reward\":1,\"offset\":0}],\"offsets\":[1]}", "in one place")]
    [InlineData("{\"id\":\"a\\x\",\"rewards\":[1]}", "bad escape")]
    [InlineData("{\"id\":\"\\ud83d\",\"rewards\":[1]}", "surrogate")]
    [InlineData("{\"id\":\"a\tb\",\"rewards\":[1]}", "control character 0x09")]
    [InlineData("{\"id\":\"a", "no closing quote")]
    public void What_is_wrong_is_said(string line, string message)
    {
        var fault = Assert.Throws<LineException>(() => Read(line));
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_without_any_seed_is_refused()
    {
        var fault = Assert.Throws<LineException>(
            () => Read("""{"id":1,"rewards":[1]}""", new RowRules { SeedNeeded = true }));
        Assert.Contains("--seed", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"id":1,"rewards":[1]}""")]
    [InlineData("""{"id":1,"candidates":[{"id":"a","reward":1},{"reward":1}]}""")]
    public void Elements_from_ids_need_ids(string line) =>
        Assert.Throws<LineException>(() => Read(line, Rules with { ElementsFromIds = true }));

    [Fact]
    public void Deep_nesting_is_refused_before_the_stack_is_full()
    {
        string deep = new string('[', 100_000) + new string(']', 100_000);
        var fault = Assert.Throws<LineException>(() => Read($$"""{"id":1,"x":{{deep}},"rewards":[1]}"""));
        Assert.Contains("nested deeper than 64", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_million_candidates_fit_on_a_line()
    {
        RowDraft row = Read($$"""{"id":1,"rewards":[{{string.Join(',', Enumerable.Repeat("0.25", 1_000_000))}}]}""");
        Assert.Equal(1_000_000, row.Rewards.Count);
        Assert.Equal(0.25f, row.Rewards.Span[^1]);
    }
}
