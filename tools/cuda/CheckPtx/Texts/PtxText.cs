using System.Text.RegularExpressions;

namespace SoftBoN.CheckPtx;

/// <summary>What the PTX of a kernel must not have: it would change bits, or cost time.</summary>
internal static partial class PtxText
{
    private const string EntryMark = ".visible .entry ";

    /// <summary>The name by which a driver finds the kernel.</summary>
    public static string EntryPoint(string ptx)
    {
        int start = ptx.IndexOf(EntryMark, StringComparison.Ordinal) + EntryMark.Length;
        return start < EntryMark.Length
            ? throw new InvalidDataException("There is no entry point in the PTX.")
            : ptx[start..ptx.IndexOf('(', start)].Trim();
    }

    /// <summary>Rules of the whole text.</summary>
    private static readonly TextRule[] OfModule =
    [
        new(Extern(), "an extern function: ILGPU could not translate a call; register an intrinsic for it"),
    ];

    /// <summary>Rules of the kernel itself. Bodies of registered intrinsics stand beside it, never called.</summary>
    private static readonly TextRule[] OfKernel =
    [
        new(Call(), "a call: the function was not inlined, or an intrinsic has no PTX form"),
        new(Local(), "local memory: keep arrays in registers by constant indices, or in shared memory"),
        new(Double(), "float64: a literal without f, a conversion through double, or (float)uint"),
        new(Division(), "a division: multiply by Numerics' reciprocal, or shift"),
        new(Approximate(), "a hardware function whose bits are its own: use Numerics"),
        new(FloatAtomic(), "a float atomic: its order is random; use the canonical sum"),
        new(Product(), "a product that the assembler may contract: use Arith.Mul, or an fma"),
        new(Flush(), "flushing of subnormals: the reference does not"),
    ];

    /// <summary>Everything that is wrong with the PTX of a kernel.</summary>
    public static IEnumerable<Finding> Check(string kernel, string target, string ptx)
    {
        string[] all = [.. ptx.Split('\n').Select(WithoutComment)];
        string[] body = [.. all.SkipWhile(line => !Entry().IsMatch(line))];
        if (body.Length == 0)
        {
            return [new(kernel, target, "no entry point", "the text has no .entry")];
        }

        return TextRule.Broken(OfModule, all)
            .Concat(TextRule.Broken(OfKernel, body))
            .Select(broken => new Finding(kernel, target, broken.Message, broken.Evidence));
    }

    /// <summary>The name of the entry point in a text that has one.</summary>
    public static string EntryName(string ptx) => Entry().Match(ptx).Groups["name"].Value;

    private static string WithoutComment(string line) => line.Split("//")[0];

    [GeneratedRegex(@"\.entry\s+(?<name>[\w$]+)")]
    private static partial Regex Entry();

    [GeneratedRegex(@"\.extern\s+\.func")]
    private static partial Regex Extern();

    [GeneratedRegex(@"^\s*(@!?%\w+\s+)?call\b")]
    private static partial Regex Call();

    [GeneratedRegex(@"\.local\b")]
    private static partial Regex Local();

    [GeneratedRegex(@"\.f64\b")]
    private static partial Regex Double();

    /// <summary>Division by a constant power of two is a shift.</summary>
    [GeneratedRegex(@"\b(div|rem)\.(?!\S+\s+%\w+,\s*%\w+,\s*(1|2|4|8|16|32|64|128|256|512|1024);)")]
    private static partial Regex Division();

    [GeneratedRegex(@"\b(rcp|sqrt|rsqrt|ex2|lg2|sin|cos|tanh)\.|\.approx\b")]
    private static partial Regex Approximate();

    [GeneratedRegex(@"\b(atom|red)\.\S*\.(f16|f16x2|bf16|bf16x2|f32)\b")]
    private static partial Regex FloatAtomic();

    [GeneratedRegex(@"\b(mul|mad)(\.ftz)?(\.sat)?\.f32\b")]
    private static partial Regex Product();

    [GeneratedRegex(@"\.ftz\b")]
    private static partial Regex Flush();
}
