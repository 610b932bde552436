using System.Runtime.InteropServices;
using System.Text;

namespace SoftBoN.Samples.OnnxScorer;

/// <summary>Writes messages of Protocol Buffers: as much of the format as an .onnx file needs.</summary>
internal sealed class ProtoWriter
{
    private const int Continues = 0x80;
    private const int LengthDelimited = 2;

    private readonly List<byte> bytes = [];

    public ReadOnlySpan<byte> Bytes => CollectionsMarshal.AsSpan(bytes);

    public ProtoWriter Number(int field, long value)
    {
        Varint((ulong)field << 3);
        Varint((ulong)value);
        return this;
    }

    public ProtoWriter Text(int field, string value) => Data(field, Encoding.UTF8.GetBytes(value));

    public ProtoWriter Message(int field, ProtoWriter message) => Data(field, message.Bytes);

    public ProtoWriter Data(int field, ReadOnlySpan<byte> data)
    {
        Varint(((ulong)field << 3) | LengthDelimited);
        Varint((ulong)data.Length);
        bytes.AddRange(data);
        return this;
    }

    private void Varint(ulong value)
    {
        for (; value >= Continues; value >>= 7)
        {
            bytes.Add((byte)(value | Continues));
        }

        bytes.Add((byte)value);
    }
}
