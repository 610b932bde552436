using System.Globalization;
using System.Text.RegularExpressions;

namespace SoftBoN.CheckPtx;

/// <summary>The machine code of one kernel.</summary>
/// <param name="Instructions">In order of address, without the filling after the last jump.</param>
internal sealed partial record SassListing(IReadOnlyList<SassInstruction> Instructions)
{
    /// <summary>Loops that contain no other loop, by where they start.</summary>
    public IReadOnlyList<SassLoop> InnermostLoops { get; } = FindLoops(Instructions);

    /// <summary>The loop that loads most global memory in one pass; the whole kernel where no loop loads.</summary>
    public SassLoop MainPart
    {
        get
        {
            SassLoop? widest = InnermostLoops
                .Where(loop => loop.LoadedBytes > 0)
                .OrderByDescending(loop => loop.LoadedBytes)
                .ThenBy(loop => loop.Instructions.Count)
                .FirstOrDefault();
            return widest ?? new(Instructions, IsLoop: false);
        }
    }

    /// <summary>The code of one function in what <c>cuobjdump -sass</c> prints.</summary>
    public static SassListing Parse(string text, string function)
    {
        IEnumerable<string> lines = text.Split('\n')
            .SkipWhile(line => !(FunctionLine().Match(line) is { Success: true } match
                && match.Groups["name"].Value == function))
            .Skip(1)
            .TakeWhile(line => !FunctionLine().IsMatch(line));
        SassInstruction[] instructions =
        [
            .. from line in lines
               let match = InstructionLine().Match(line)
               where match.Success
               select new SassInstruction(
                   int.Parse(match.Groups["address"].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture),
                   match.Groups["text"].Value.Trim()),
        ];
        int last = Array.FindLastIndex(instructions, instruction => instruction.Operation is not ("NOP" or "BRA"));
        return new(instructions[..(last + 1)]);
    }

    private static SassLoop[] FindLoops(IReadOnlyList<SassInstruction> instructions)
    {
        (int First, int Last)[] ranges =
        [
            .. from instruction in instructions
               where instruction.JumpTarget <= instruction.Address
               group instruction.Address by instruction.JumpTarget!.Value into jumps
               select (jumps.Key, jumps.Max()),
        ];
        return
        [
            .. from range in ranges
               where !ranges.Any(other => other != range && other.First >= range.First && other.Last <= range.Last)
               orderby range.First
               select new SassLoop(
                   [.. instructions.Where(one => one.Address >= range.First && one.Address <= range.Last)], true),
        ];
    }

    [GeneratedRegex(@"^\s*Function : (?<name>\S+)")]
    private static partial Regex FunctionLine();

    [GeneratedRegex(@"^\s*/\*(?<address>[0-9a-f]{4,})\*/\s+(?<text>[^;]+);")]
    private static partial Regex InstructionLine();
}
