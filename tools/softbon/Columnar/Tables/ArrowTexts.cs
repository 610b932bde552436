using System.Text;
using Apache.Arrow;

namespace SoftBoN.Tool.Columnar.Tables;

/// <summary>Texts of Arrow arrays in the forms that there are: short and long offsets, views, dictionaries.</summary>
internal static class ArrowTexts
{
    public static void Add(IArrowArray array, int start, int count, Cells<ReadOnlyMemory<char>> cells)
    {
        for (int i = start; i < start + count; i++)
        {
            if (TextOf(array, i) is { } text)
            {
                cells.Add(text.AsMemory());
            }
            else
            {
                cells.AddNull();
            }
        }
    }

    /// <summary>
    /// The bytes of a value that is not null. The library's own way goes by offsets without a look at where the bytes end, so that
    /// a broken file reads memory of others.
    /// </summary>
    public static ReadOnlySpan<byte> BytesOf(BinaryArray array, int index) =>
        array.ValueBuffer.Span[array.ValueOffsets[index]..array.ValueOffsets[index + 1]];

    private static ReadOnlySpan<byte> BytesOf(LargeBinaryArray array, int index) =>
        array.ValueBuffer.Span[checked((int)array.ValueOffsets[index])..checked((int)array.ValueOffsets[index + 1])];

    private static string? TextOf(IArrowArray array, int index) => array switch
    {
        _ when array.IsNull(index) => null,
        StringArray texts => Encoding.UTF8.GetString(BytesOf(texts, index)),
        LargeStringArray texts => Encoding.UTF8.GetString(BytesOf(texts, index)),
        StringViewArray texts => texts.GetString(index),
        _ => TextOf(((DictionaryArray)array).Dictionary, CodeAt(((DictionaryArray)array).Indices, index)),
    };

    private static int CodeAt(IArrowArray codes, int index) => codes switch
    {
        Int8Array c => c.Values[index],
        UInt8Array c => c.Values[index],
        Int16Array c => c.Values[index],
        UInt16Array c => c.Values[index],
        Int32Array c => c.Values[index],
        UInt32Array c => checked((int)c.Values[index]),
        UInt64Array c => checked((int)c.Values[index]),
        _ => checked((int)((Int64Array)codes).Values[index]),
    };
}
