using System.Buffers.Binary;

namespace SoftBoN.Tool.Columnar.Tables;

/// <summary>
/// Where a message of an Arrow stream is, as its frame says (Arrow Columnar Format 1.5, "Encapsulated message format"). The
/// library reads messages one after the other and does not tell where they are.
/// </summary>
/// <param name="Kind">What it holds: a schema, a dictionary, a record batch.</param>
/// <param name="Start">Where it begins in the stream.</param>
/// <param name="Body">The bytes behind its header.</param>
/// <param name="Rows">Those of a record batch.</param>
internal sealed record ArrowMessage(byte Kind, long Start, long Body, long Rows)
{
    public const byte Dictionary = 2;
    public const byte Batch = 3;

    private const int Continuation = -1;

    // Places of members in the tables of Message.fbs.
    private const int KindMember = 1;
    private const int HeaderMember = 2;
    private const int BodyMember = 3;
    private const int RowsMember = 0;

    /// <summary>The message at the stream's position, which goes to the next one; null at the end.</summary>
    public static ArrowMessage? Next(Stream stream)
    {
        long start = stream.Position;
        int length = start == stream.Length ? 0 : ReadInt(stream);
        length = length == Continuation ? ReadInt(stream) : length;
        if (length == 0)
        {
            return null;
        }

        if (length < 0 || length > stream.Length - stream.Position)
        {
            throw new InvalidDataException($"at byte {start} is no message");
        }

        byte[] header = new byte[length];
        stream.ReadExactly(header);
        ArrowMessage message = Parse(header, start);
        if (message.Body < 0 || message.Body > stream.Length - stream.Position)
        {
            throw new InvalidDataException($"the message at byte {start} goes beyond the end");
        }

        stream.Position += message.Body;
        return message;
    }

    private static int ReadInt(Stream stream)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        stream.ReadExactly(bytes);
        return BinaryPrimitives.ReadInt32LittleEndian(bytes);
    }

    private static ArrowMessage Parse(ReadOnlySpan<byte> header, long start)
    {
        int table = BinaryPrimitives.ReadInt32LittleEndian(header);
        byte kind = header[PlaceOf(header, table, KindMember)];
        int body = PlaceOf(header, table, BodyMember);
        int inner = PlaceOf(header, table, HeaderMember);
        long rows = 0;
        if (kind == Batch)
        {
            inner += BinaryPrimitives.ReadInt32LittleEndian(header[inner..]);
            int place = PlaceOf(header, inner, RowsMember);
            rows = place == 0 ? 0 : BinaryPrimitives.ReadInt64LittleEndian(header[place..]);
        }

        return new ArrowMessage(kind, start, body == 0 ? 0 : BinaryPrimitives.ReadInt64LittleEndian(header[body..]), rows);
    }

    /// <summary>Where a member of a FlatBuffers table is; 0 where it has its default, which is 0 for those here.</summary>
    private static int PlaceOf(ReadOnlySpan<byte> bytes, int table, int member)
    {
        int members = table - BinaryPrimitives.ReadInt32LittleEndian(bytes[table..]);
        int slot = 4 + (2 * member);
        int offset = slot < BinaryPrimitives.ReadUInt16LittleEndian(bytes[members..])
            ? BinaryPrimitives.ReadUInt16LittleEndian(bytes[(members + slot)..])
            : 0;
        return offset == 0 ? 0 : table + offset;
    }
}
