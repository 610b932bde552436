using System.Globalization;
using System.Text.RegularExpressions;

namespace SoftBoN.CheckPtx;

/// <summary>One machine instruction: an issue slot of its warp.</summary>
/// <param name="Address">In bytes from the kernel's start.</param>
/// <param name="Text">As disassembled, its predicate included.</param>
internal sealed partial record SassInstruction(int Address, string Text)
{
    private const int RegisterBits = 32;

    /// <summary>The operation without predicate, modifiers and operands.</summary>
    public string Operation { get; } = OperationName().Match(Text).Groups["name"].Value;

    /// <summary>Where a jump leads; null for everything else.</summary>
    public int? JumpTarget { get; } = Jump().Match(Text) is { Success: true } match
        ? int.Parse(match.Groups["target"].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture)
        : null;

    /// <summary>The bits that a thread loads from global memory with this instruction; 0 where it does not.</summary>
    public int GlobalLoadBits => Operation is "LDG" or "LD" ? Bits : 0;

    /// <summary>The operation with its modifiers, without predicate and operands: FSETP.GT.AND.</summary>
    public string FullOperation { get; } = FullName().Match(Text).Groups["name"].Value;

    private int Bits => Width().Match(Text) is { Success: true } match
        ? int.Parse(match.Groups["bits"].Value, CultureInfo.InvariantCulture)
        : RegisterBits;

    [GeneratedRegex(@"^(@!?U?P\w+\s+)?(?<name>[A-Z][A-Z0-9]*)")]
    private static partial Regex OperationName();

    [GeneratedRegex(@"^(@!?U?P\w+\s+)?(?<name>[A-Z][\w.]*)")]
    private static partial Regex FullName();

    [GeneratedRegex(@"^(@!?U?P\w+\s+)?BRA\S*\s.*?0x(?<target>[0-9a-f]+)")]
    private static partial Regex Jump();

    [GeneratedRegex(@"\b[A-Z]+(\.\w+)*?\.[US]?(?<bits>8|16|32|64|128)\b")]
    private static partial Regex Width();
}
