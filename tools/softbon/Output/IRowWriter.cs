namespace SoftBoN.Tool.Output;

/// <summary>Takes the members of a row, one after the other: as JSON, or as columns.</summary>
internal interface IRowWriter
{
    /// <summary>Starts a member.</summary>
    IRowWriter Name(ReadOnlySpan<byte> name);

    /// <summary>A float; one that is not finite is null.</summary>
    void Number(float value);

    void Number(ulong value);

    /// <summary>A place in a row; null where there is none (-1).</summary>
    void Place(int index);

    void Null();

    /// <summary>A string or number of JSON as it stands.</summary>
    void Raw(ReadOnlySpan<byte> json);

    /// <summary>Plain text.</summary>
    void String(ReadOnlySpan<byte> text);

    void Numbers(ReadOnlySpan<float> values);

    void Places(ReadOnlySpan<int> indices);

    void BeginArray();

    void EndArray();

    /// <summary>Comes before each item of an array.</summary>
    void Separate();
}
