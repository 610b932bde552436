using System.Text.RegularExpressions;

namespace SoftBoN.CheckPtx;

/// <summary>What the OpenCL C of a kernel must not have, for its bits to be the same everywhere.</summary>
internal static partial class OpenClText
{
    private static readonly TextRule[] Rules =
    [
        new(Product(), "a float product, which the compiler may contract: use Arith.Mul, or an fma"),
        new(Quotient(), "a division: multiply by Numerics' reciprocal, or shift"),
        new(Double(), "float64: a literal without f, a conversion through double, or (float)uint"),
        new(FloatAtomic(), "a float atomic: its order is random; use the canonical sum"),
    ];

    /// <summary>Exact functions, and the words of the language that a parenthesis may follow.</summary>
    private static readonly HashSet<string> Known =
    [
        "if", "while", "for", "switch", "return", "sizeof",
        "fma", "fabs", "as_int", "as_uint", "as_float", "isnan", "clz", "popcount", "mul_hi", "min", "max",
        "to_global", "to_local", "atomic_fetch_add", "atomic_fetch_min", "atomic_fetch_max", "atomic_fetch_or",
        "atomic_fetch_and", "atomic_compare_exchange_strong", "atomic_exchange", "atomic_load", "atomic_store",
        "get_global_id", "get_group_id", "get_local_id", "get_num_groups", "get_local_size", "get_global_size",
        "work_group_barrier", "barrier", "atomic_work_item_fence",
    ];

    /// <summary>Everything that is wrong with the OpenCL C of a kernel and of the functions that it calls.</summary>
    public static IEnumerable<Finding> Check(string kernel, string source)
    {
        Dictionary<string, string[]> functions = Functions(source);
        string? entry = functions.Keys.FirstOrDefault(name => functions[name][0].Contains("kernel void"));
        if (entry == null)
        {
            return [new(kernel, "OpenCL", "no entry point", "the text has no kernel")];
        }

        string[] lines = [.. Reachable(entry, functions)];
        return TextRule.Broken(Rules, lines)
            .Concat(UnknownCalls(lines, functions))
            .Concat(OpenBarriers(lines))
            .Select(broken => new Finding(kernel, "OpenCL", broken.Message, broken.Evidence));
    }

    /// <summary>The functions that have a body, by name; the head is a part of the lines.</summary>
    private static Dictionary<string, string[]> Functions(string source) => Definition().Matches(source)
        .ToDictionary(match => match.Groups["name"].Value, match => match.Value.TrimStart().Split('\n'));

    private static List<string> Reachable(string entry, Dictionary<string, string[]> functions)
    {
        HashSet<string> seen = [entry];
        List<string> lines = [];
        for (Queue<string> open = new(seen); open.Count > 0;)
        {
            string[] body = functions[open.Dequeue()];
            lines.AddRange(body);
            foreach (string callee in Calls(body.Skip(1)).Select(call => call.Callee))
            {
                if (functions.ContainsKey(callee) && seen.Add(callee))
                {
                    open.Enqueue(callee);
                }
            }
        }

        return lines;
    }

    private static IEnumerable<(string Message, string Evidence)> UnknownCalls(
        string[] lines, Dictionary<string, string[]> functions) =>
        Calls(lines)
            .Where(call => !Known.Contains(call.Callee) && !functions.ContainsKey(call.Callee))
            .DistinctBy(call => call.Callee)
            .Select(call => ($"the function {call.Callee}, whose bits may be its own", call.Line.Trim()));

    /// <summary>
    /// Barriers that do not fence shared memory, as ILGPU writes them, unless a fence stands before and after.
    /// </summary>
    private static IEnumerable<(string Message, string Evidence)> OpenBarriers(string[] lines)
    {
        for (int i = 1; i + 1 < lines.Length; i++)
        {
            if (Barrier().IsMatch(lines[i]) && !Fences(lines[i]) && !(Fences(lines[i - 1]) && Fences(lines[i + 1])))
            {
                return [("a barrier that does not fence shared memory: use one that does", lines[i].Trim())];
            }
        }

        return [];
    }

    private static bool Fences(string line) => line.Contains("CLK_LOCAL_MEM_FENCE", StringComparison.Ordinal);

    private static IEnumerable<(string Callee, string Line)> Calls(IEnumerable<string> lines) =>
        from line in lines
        from Match call in Called().Matches(line)
        select (call.Groups["name"].Value, line);

    [GeneratedRegex(
        @"^[^\n;{}]*\b(?<name>\w+)\s*\([^;{}]*\)\s*\n\{.*?^\}", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Definition();

    [GeneratedRegex(@"(?<!struct\s)\b(?<name>[a-z_A-Z]\w*)\s*\(")]
    private static partial Regex Called();

    [GeneratedRegex(@"\(float\s?\d*\)\s*[^()\s]+\s*\*\s*\(|\*\s+\(float\)")]
    private static partial Regex Product();

    /// <summary>Division by a constant power of two is a shift.</summary>
    [GeneratedRegex(@"\)\s*[^()\s]+\s+[/%]\s*(?!\(int\)(1|2|4|8|16|32|64|128|256|512|1024)\))\(")]
    private static partial Regex Quotient();

    [GeneratedRegex(@"\bdouble\b")]
    private static partial Regex Double();

    [GeneratedRegex(@"\batomic_(float|double)\b")]
    private static partial Regex FloatAtomic();

    [GeneratedRegex(@"\b(work_group_)?barrier\s*\(")]
    private static partial Regex Barrier();
}
