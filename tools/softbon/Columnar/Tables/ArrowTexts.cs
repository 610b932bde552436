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

    private static string? TextOf(IArrowArray array, int index) => array switch
    {
        StringArray texts => texts.GetString(index),
        LargeStringArray texts => texts.GetString(index),
        StringViewArray texts => texts.GetString(index),
        DictionaryArray coded when coded.IsNull(index) => null,
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
