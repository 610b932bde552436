namespace SoftBoN.Tool.Columnar.Tables;

/// <summary>
/// What the header of a Parquet page says of its bytes, by the format's parquet.thrift in Thrift's compact protocol. The
/// library reads headers too, and looks at no checksum.
/// </summary>
/// <param name="Length">Bytes of the header itself.</param>
/// <param name="Bytes">Bytes of the page behind it.</param>
/// <param name="Checksum">Their CRC-32; null where the writer gave none.</param>
internal readonly record struct PageHeader(int Length, int Bytes, uint? Checksum)
{
    private const int BytesField = 3;
    private const int ChecksumField = 4;

    /// <summary>Reads a header; null where there is none.</summary>
    public static PageHeader? Read(ReadOnlySpan<byte> text)
    {
        var reader = new CompactReader(text);
        int bytes = -1;
        uint? checksum = null;
        int field = 0;
        while (reader.NextField(ref field, out byte type))
        {
            switch (field)
            {
                case BytesField: bytes = (int)reader.Integer(); break;
                case ChecksumField: checksum = (uint)reader.Integer(); break;
                default: reader.Skip(type, depth: 0); break;
            }
        }

        return reader.IsBroken || bytes < 0 ? null : new PageHeader(reader.At, bytes, checksum);
    }

    /// <summary>As much of Thrift's compact protocol as it takes to get past fields.</summary>
    private ref struct CompactReader(ReadOnlySpan<byte> text)
    {
        private const int DeepestStructure = 8;
        private const int LongestVarint = 10;

        private readonly ReadOnlySpan<byte> _text = text;

        public int At { get; private set; }

        public bool IsBroken { get; private set; }

        /// <summary>Goes to the next field; false at the structure's end.</summary>
        public bool NextField(ref int field, out byte type)
        {
            byte head = Byte();
            type = (byte)(head & 0xF);
            if (IsBroken || type == CompactType.Stop)
            {
                return false;
            }

            field = head >> 4 == 0 ? (int)Integer() : field + (head >> 4);
            return !IsBroken;
        }

        public long Integer()
        {
            ulong zigzag = Varint();
            return (long)(zigzag >> 1) ^ -(long)(zigzag & 1);
        }

        public void Skip(byte type, int depth)
        {
            switch (type)
            {
                case CompactType.True or CompactType.False: break;
                case CompactType.Byte: Pass(1); break;
                case CompactType.Short or CompactType.Int or CompactType.Long: Varint(); break;
                case CompactType.Double: Pass(sizeof(double)); break;
                case CompactType.Binary: Pass(Varint()); break;
                case CompactType.List or CompactType.Set when depth < DeepestStructure: SkipList(depth); break;
                case CompactType.Structure when depth < DeepestStructure: SkipStructure(depth); break;
                default: IsBroken = true; break;
            }
        }

        private void SkipStructure(int depth)
        {
            int field = 0;
            while (NextField(ref field, out byte type))
            {
                Skip(type, depth + 1);
            }
        }

        private void SkipList(int depth)
        {
            const int LongList = 15;
            byte head = Byte();
            ulong count = head >> 4 == LongList ? Varint() : (ulong)(head >> 4);
            byte type = (byte)(head & 0xF);
            for (ulong i = 0; i < count && !IsBroken; i++)
            {
                // Within a list a truth value is a byte; as a field it is its type alone.
                Skip(type is CompactType.True or CompactType.False ? CompactType.Byte : type, depth + 1);
            }
        }

        private ulong Varint()
        {
            ulong value = 0;
            for (int i = 0; i < LongestVarint; i++)
            {
                byte part = Byte();
                value |= (ulong)(part & 0x7F) << (7 * i);
                if (part < 0x80)
                {
                    return value;
                }
            }

            IsBroken = true;
            return 0;
        }

        private void Pass(ulong count)
        {
            if (count > (ulong)(_text.Length - At))
            {
                IsBroken = true;
            }
            else
            {
                At += (int)count;
            }
        }

        private byte Byte()
        {
            Pass(1);
            return IsBroken ? (byte)0 : _text[At - 1];
        }
    }

    private static class CompactType
    {
        public const byte Stop = 0;
        public const byte True = 1;
        public const byte False = 2;
        public const byte Byte = 3;
        public const byte Short = 4;
        public const byte Int = 5;
        public const byte Long = 6;
        public const byte Double = 7;
        public const byte Binary = 8;
        public const byte List = 9;
        public const byte Set = 10;
        public const byte Structure = 12;
    }
}
