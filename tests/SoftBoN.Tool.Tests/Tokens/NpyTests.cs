namespace SoftBoN.Tool.Tests.Tokens;

/// <summary>Files of arrays: every form that can be read, and what is said of those that cannot.</summary>
public sealed class NpyTests : IDisposable
{
    private readonly NpyFolder _folder = new();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void All_versions_of_the_format(byte version)
    {
        string file = _folder.Write("x.npy", NpyFolder.Header("<f4", "(1, 2)", version), new byte[8]);
        Assert.Contains("\"base_lse\":0.6931472", Greedy(file).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_of_other_hands()
    {
        const string Header = """{"shape":(1L,2L),"fortran_order":False,"descr":"<f4"}""";
        string file = _folder.Write("x.npy", NpyFolder.Wrap(Header), new byte[8]);
        Assert.Equal(0, Greedy(file).ExitCode);
    }

    /// <summary>1 and 2 in float16 and in bfloat16: both log-sum-exps are 2 + log(1 + 1/e).</summary>
    [Theory]
    [InlineData("<f2", new ushort[] { 0x3c00, 0x4000 }, "auto")]
    [InlineData("<u2", new ushort[] { 0x3f80, 0x4000 }, "bf16")]
    [InlineData("|V2", new ushort[] { 0x3f80, 0x4000 }, "bf16")]
    public void Values_of_16_bits(string type, ushort[] values, string dtype)
    {
        string output = Greedy(_folder.Save("x.npy", type, 1, values), "--dtype", dtype).Output;
        Assert.Contains("\"token\":1,", output, StringComparison.Ordinal);
        Assert.Contains("\"base_lse\":2.3132617", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_that_are_empty_and_no_rows_at_all()
    {
        string noTokens = _folder.Write("a.npy", NpyFolder.Header("<f4", "(2, 0)"), []);
        string noRows = _folder.Write("b.npy", NpyFolder.Header("<f4", "(0, 5)"), []);
        Assert.Equal(2, Greedy(noTokens).Lines.Count(line => line.Contains("\"empty\"", StringComparison.Ordinal)));
        Assert.Equal("", Greedy(noRows).Output);
    }

    [Theory]
    [InlineData(">f4", "(1, 2)", "False", 8, "big-endian values (>f4); save x.astype('<f4')")]
    [InlineData("<f8", "(1, 2)", "False", 16, "holds <f8 and this reads float32")]
    [InlineData("<u2", "(1, 2)", "False", 4, "if they are bfloat16, pass --dtype bf16")]
    [InlineData("<f4", "(2, 2)", "True", 16, "Fortran order, a token's values side by side; save numpy.asc")]
    [InlineData("<f4", "(2,)", "False", 8, "the shape [2]; it has to be [rows, tokens]")]
    [InlineData("<f4", "(1, 2, 2)", "False", 16, "the shape [1, 2, 2]")]
    [InlineData("<f4", "(2, 3)", "False", 20, "[2, 3] needs 152; it was cut off")]
    [InlineData("<f4", "(2, 3)", "False", 28, "[2, 3] needs 152; write one array alone")]
    [InlineData("<f4", "(4000000000000000000, 1000000)", "False", 8, "it was cut off")]
    [InlineData("<f4", "(1, 1048577)", "False", 4194308, "rows of 1048577 tokens; at most 1048576")]
    [InlineData("<f4", "(1, -2)", "False", 8, "a header that cannot be read")]
    public void Arrays_that_cannot_be_read(string type, string shape, string fortran, int bytes, string message) =>
        AssertRefused(
            _folder.Write("x.npy", NpyFolder.Header(type, shape, 1, fortran), new byte[bytes]), message);

    [Theory]
    [InlineData("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1, 2), }", "holds a structure")]
    [InlineData("{'descr': '<f4', 'shape': (1, 2), }", "a header that cannot be read")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), } x", "a header that cannot be read")]
    [InlineData("{'descr': '<f4', 'fortran_order': 'False', 'shape': (1, 2), }", "a header that cannot be read")]
    [InlineData("{'descr': '<f4", "a header that cannot be read")]
    public void Headers_that_say_something_else(string header, string message) =>
        AssertRefused(_folder.Write("x.npy", NpyFolder.Wrap(header), new byte[8]), message);

    [Fact]
    public void Files_that_are_no_arrays()
    {
        AssertRefused(_folder.Write("a", [], "PK\u0003\u0004 an archive"u8), "is no .npy file; write it with numpy.save");
        AssertRefused(_folder.Write("b", [], []), "is no .npy file");
        byte[] header = NpyFolder.Header("<f4", "(1, 2)");
        AssertRefused(_folder.Write("c", header[..40], []), "ends within its header");
        header[6] = 4;
        AssertRefused(_folder.Write("d", header, new byte[8]), "has version 4 of the .npy format");
        AssertRefused(
            _folder.Write("e", NpyFolder.Wrap(new string(' ', 70_000), 2), []), "a header of 70004 bytes");
        AssertRefused(_folder.Path("none"), "no such file or folder");
        AssertRefused(_folder.Path(""), "is a folder");
        AssertRefused("", "--logits is empty; name a file");
    }

    public void Dispose() => _folder.Dispose();

    private static ToolResult Greedy(string file, params string[] more) =>
        Tool.Run("", ["tilt", "--logits", file, "--mode", "greedy", .. more]);

    private static void AssertRefused(string file, string message)
    {
        ToolResult result = Greedy(file);
        Assert.Equal(1, result.ExitCode);
        Assert.Empty(result.Output);
        Assert.StartsWith("softbon: --logits ", result.Error, StringComparison.Ordinal);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
        Assert.Equal(1, result.Error.Count(letter => letter == '\n'));
    }
}
