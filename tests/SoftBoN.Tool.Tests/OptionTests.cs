namespace SoftBoN.Tool.Tests;

/// <summary>
/// What is wrong with a command line is said in one line that names the value, the limit and the cure.
/// </summary>
public class OptionTests
{
    [Theory]
    [InlineData("select --seed 1", "no temperature; pass one of --lambda, --target-kl and --target-ess")]
    [InlineData("select --lambda 1 --target-kl 2", "more than one temperature")]
    [InlineData("select --lambda -1", "--lambda -1 is negative; it has to be 0 to inf, or pass --allow")]
    [InlineData("select --lambda NaN", "--lambda NaN is no number")]
    [InlineData("select --lambda 1e39", "beyond float32's largest")]
    [InlineData("select --target-ess 0.5", "--target-ess 0.5 is out of range; it has to be at least 1\n")]
    [InlineData("select --target-kl -0.5", "--target-kl -0.5 is out of range; it has to be at least 0\n")]
    [InlineData("select --lambda 1 --draws 0", "--draws 0 is out of range; it has to be an integer, 1 to 268435455")]
    [InlineData("select --lambda 1 --draws 268435456", "1 to 268435455")]
    [InlineData("select --lambda 1 --threads 0", "--threads 0 is out of range")]
    [InlineData("select --lambda 1 --seed 18446744073709551616", "--seed 18446744073709551616 is no 64-bit integer")]
    [InlineData("select --lambda 1 --noise loud", "--noise loud is not known; it has to be gumbel, uniform-race, none")]
    [InlineData(
        "select --lambda 1 --device gpu",
        "--device gpu is not known; it has to be auto, reference, simd, cuda, opencl, ilgpu-cpu")]
    [InlineData("select --lambda 1 --input /no/such/file", "--input /no/such/file: no such file or folder")]
    [InlineData("select --lambda 1 --output /no/such/file", "--output /no/such/file: no such file or folder")]
    [InlineData("select --lambda 1 --format csv --id-from-content", "--id-from-content is for JSON Lines")]
    [InlineData("select --lambda 1 --reward-column x", "--reward-column x is for CSV")]
    [InlineData("select --lambda 1 -i same -o ./same", "--input same and --output ./same are the same file")]
    [InlineData("select --lambad 1", "'--lambad'")]
    [InlineData("pick", "'pick'")]
    [InlineData("weights", "no temperature")]
    [InlineData("law --p 0.5,0.5 --reward 0,1 --lambda 1", "'--n' is required")]
    [InlineData("law --p 0.5,0.5 --reward 0 --lambda 1 --n 2", "--p has 2 values and --reward 1")]
    [InlineData("law --p 0.5,0.4 --reward 0,1 --lambda 1 --n 2", "0.9")]
    [InlineData("law --p 0.5,,0.5 --reward 0,1,2 --lambda 1 --n 2", "--p: an empty value is no number")]
    [InlineData("law --p 1 --reward 0 --lambda -1 --n 2", "negate --reward")]
    public void A_fault_is_one_line_and_exit_code_1(string line, string message)
    {
        ToolResult result = Tool.Run("", line.Split(' '));
        Assert.Equal(1, result.ExitCode);
        Assert.Empty(result.Output);
        Assert.StartsWith("softbon: ", result.Error, StringComparison.Ordinal);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
        Assert.Equal(1, result.Error.Count(letter => letter == '\n'));
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("select")]
    [InlineData("weights")]
    [InlineData("tilt")]
    [InlineData("score")]
    [InlineData("law")]
    [InlineData("doctor")]
    public void Every_command_has_help_with_examples(string command)
    {
        ToolResult result = Tool.Run("", command, "--help");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("Examples:", result.Output, StringComparison.Ordinal);
        Assert.Contains($"softbon {command}", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_to_do_is_a_fault_that_shows_the_commands()
    {
        ToolResult result = Tool.Run("");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("doctor", result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Fact]
    public void An_at_sign_is_no_response_file()
    {
        ToolResult result = Tool.Select("@x,reward\na,1\n", "--format", "csv", "--prompt-column", "@x");
        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public void Without_a_seed_each_line_that_needs_one_is_unreadable()
    {
        ToolResult result = Tool.Run(
            "{\"id\":1,\"rewards\":[1]}\n{\"id\":2,\"rewards\":[1],\"seed\":5}\n", "select", "--lambda", "1");
        Assert.Contains("no seed", result.Lines[0], StringComparison.Ordinal);
        Assert.Contains("\"status\":\"ok\"", result.Lines[1], StringComparison.Ordinal);
        Assert.Equal(2, result.ExitCode);
        ToolResult noiseless = Tool.Run("""{"id":1,"rewards":[1]}""", "select", "--lambda", "1", "--noise", "none");
        Assert.Equal(0, noiseless.ExitCode);
    }

    [Theory]
    [InlineData("--input")]
    [InlineData("--output")]
    public void An_empty_name_says_what_to_name(string option)
    {
        ToolResult result = Tool.Run("", ["weights", "--lambda", "1", option, ""]);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains($"{option} is empty; name a file, or -", result.Error, StringComparison.Ordinal);
    }
}
