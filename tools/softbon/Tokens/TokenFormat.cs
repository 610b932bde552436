namespace SoftBoN.Tool.Tokens;

/// <summary>How a file stores a value.</summary>
internal enum TokenFormat
{
    Float32,
    Half,
    BFloat16,
}

/// <summary>What follows from the format.</summary>
internal static class TokenFormats
{
    extension(TokenFormat format)
    {
        /// <summary>Bytes per value.</summary>
        public int Size() => format == TokenFormat.Float32 ? sizeof(float) : sizeof(ushort);
    }
}
