using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace SoftBoN.Kernels.Devices;

/// <summary>What an array of a call has one value for.</summary>
internal enum Per : byte
{
    Row,
    Candidate,
    Draw,

    /// <summary>Each of the likeliest tokens.</summary>
    Top,

    /// <summary>Each head's of a candidate.</summary>
    DrawOfCandidate,

    /// <summary>The call: each chunk has all of it.</summary>
    Call,
}

/// <summary>One array of a call in the caller's memory, and its place in the memory of the chunk under way.</summary>
internal unsafe struct Operand
{
    /// <summary>Null where the array is absent or not wanted.</summary>
    public byte* Host;
    public int ElementBytes;
    public Per Per;
    public bool IsOutput;

    /// <summary>Values of the call, of which chunks have all.</summary>
    public long Count;

    /// <summary>Where the chunk's part begins, in bytes from the start of the chunk's memory.</summary>
    public long Offset;
    public long Bytes;
}

/// <summary>The arrays of a call besides the rewards, in the order in which its operation lists them.</summary>
internal unsafe struct OperandTable
{
    public const int Most = 24;

    private Operands operands;

    public int Count { get; private set; }

    /// <summary>Draws of a row.</summary>
    public int Draws { get; set; }

    /// <summary>The likeliest tokens that are named of a row.</summary>
    public int Top { get; set; }

    [UnscopedRef]
    public ref Operand this[int index] => ref operands[index];

    public void Input<T>(T* host, Per per)
        where T : unmanaged => Add((byte*)host, sizeof(T), per, 0, isOutput: false);

    public void Output<T>(T* host, Per per)
        where T : unmanaged => Add((byte*)host, sizeof(T), per, 0, isOutput: true);

    /// <summary>An input that all rows read.</summary>
    public void Shared<T>(T* host, long count)
        where T : unmanaged => Add((byte*)host, sizeof(T), Per.Call, count, isOutput: false);

    /// <summary>Bytes that each row adds whatever its length.</summary>
    public readonly long BytesPerRow()
    {
        long bytes = 0;
        for (int i = 0; i < Count; i++)
        {
            Operand operand = operands[i];
            if (operand.Host != null && operand.Per is not (Per.Candidate or Per.DrawOfCandidate or Per.Call))
            {
                bytes += operand.ElementBytes * (long)PerRow(operand.Per);
            }
        }

        return bytes;
    }

    /// <summary>Bytes that each candidate adds.</summary>
    public readonly long BytesPerCandidate()
    {
        long bytes = 0;
        for (int i = 0; i < Count; i++)
        {
            if (operands[i].Host != null && operands[i].Per is (Per.Candidate or Per.DrawOfCandidate))
            {
                bytes += operands[i].ElementBytes * (long)PerRow(operands[i].Per);
            }
        }

        return bytes;
    }

    /// <summary>
    /// Gives every operand of one direction its place in a chunk, and returns where the next thing may begin.
    /// </summary>
    public long Place(in RowChunk chunk, bool outputs, long offset)
    {
        for (int i = 0; i < Count; i++)
        {
            ref Operand operand = ref operands[i];
            if (operand.IsOutput == outputs)
            {
                operand.Offset = offset;
                operand.Bytes = operand.Host == null ? 0 : operand.ElementBytes * CountOf(in operand, in chunk);
                offset = ChunkMemory.Align(offset + operand.Bytes);
            }
        }

        return offset;
    }

    /// <summary>Where a chunk's part of an operand begins in the caller's memory.</summary>
    public readonly byte* HostOf(int index, in RowChunk chunk)
    {
        Operand operand = operands[index];
        long first = operand.Per switch
        {
            Per.Row => chunk.First,
            Per.Candidate => chunk.PackedFirst,
            Per.DrawOfCandidate => chunk.PackedFirst * PerRow(operand.Per),
            Per.Call => 0,
            _ => chunk.First * PerRow(operand.Per),
        };
        return operand.Host + (first * operand.ElementBytes);
    }

    /// <summary>Copies the operands of one direction between the caller's memory and a chunk's.</summary>
    public void Copy(byte* memory, in RowChunk chunk, bool outputs)
    {
        for (int i = 0; i < Count; i++)
        {
            ref Operand operand = ref this[i];
            if (operand.IsOutput != outputs || operand.Bytes == 0)
            {
                continue;
            }

            byte* callers = HostOf(i, in chunk);
            byte* staged = memory + operand.Offset;
            HostCopy.Copy(outputs ? staged : callers, outputs ? callers : staged, operand.Bytes);
        }
    }

    private readonly long CountOf(in Operand operand, in RowChunk chunk) => operand.Per switch
    {
        Per.Row => chunk.Count,
        Per.Candidate => chunk.Packed,
        Per.DrawOfCandidate => chunk.Packed * PerRow(operand.Per),
        Per.Call => operand.Count,
        _ => chunk.Count * PerRow(operand.Per),
    };

    private readonly int PerRow(Per per) => per switch
    {
        Per.Draw or Per.DrawOfCandidate => Draws,
        Per.Top => Top,
        _ => 1,
    };

    private void Add(byte* host, int elementBytes, Per per, long count, bool isOutput) => operands[Count++] = new Operand
    {
        Host = host,
        ElementBytes = elementBytes,
        Per = per,
        Count = count,
        IsOutput = isOutput,
    };

    [InlineArray(Most)]
    private struct Operands
    {
        private Operand first;
    }
}
