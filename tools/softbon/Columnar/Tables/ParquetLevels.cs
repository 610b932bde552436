using Parquet.Schema;

namespace SoftBoN.Tool.Columnar.Tables;

/// <summary>Between Parquet's definition and repetition levels and rows of values.</summary>
/// <param name="Most">The definition level of a value.</param>
/// <param name="NullValue">The level of a null value; -1 where there are none.</param>
/// <param name="EmptyList">The level of an empty list; -1 for a column of single values.</param>
internal readonly record struct ParquetLevels(int Most, int NullValue, int EmptyList)
{
    public static ParquetLevels Of(DataField field)
    {
        int most = field.MaxDefinitionLevel;
        bool isList = field.MaxRepetitionLevel > 0;
        int element = field.IsNullable && most > (isList ? 1 : 0) ? 1 : 0;
        return new ParquetLevels(most, element == 1 ? most - 1 : -1, isList ? most - 1 - element : -1);
    }

    /// <summary>Lays packed values out as rows.</summary>
    /// <param name="packed">The values that are not null.</param>
    /// <param name="definition">A level per value, null or list without values.</param>
    /// <param name="repetition">As many; 0 begins a row.</param>
    /// <param name="into">An empty column.</param>
    public void Unpack<T>(ReadOnlySpan<T> packed, ReadOnlySpan<int> definition, ReadOnlySpan<int> repetition, Cells<T> into)
        where T : struct
    {
        if (!repetition.IsEmpty && !definition.ContainsAnyExcept(Most))
        {
            UnpackFull(packed, repetition, into);
            return;
        }

        int next = 0;
        for (int i = 0; i < definition.Length; i++)
        {
            if (definition[i] == Most)
            {
                into.Add(packed[next++]);
            }
            else if (EmptyList < 0 || definition[i] == NullValue)
            {
                into.AddNull();
            }

            bool ends = repetition.IsEmpty || i + 1 == repetition.Length || repetition[i + 1] == 0;
            if (ends && EmptyList >= 0 && definition[i] < EmptyList)
            {
                into.EndNullRow();
            }
            else if (ends)
            {
                into.EndRow();
            }
        }
    }

    private static void UnpackFull<T>(ReadOnlySpan<T> packed, ReadOnlySpan<int> repetition, Cells<T> into)
        where T : struct
    {
        into.Add(packed);
        for (int i = 1; i < repetition.Length; i++)
        {
            if (repetition[i] == 0)
            {
                into.EndRowAt(i);
            }
        }

        into.EndRowAt(repetition.Length);
    }

    /// <summary>The other way around, for a column whose lists and values may be null.</summary>
    public static void Pack<T>(Cells<T> cells, T[] packed, int[] definition, int[] repetition, out int values, out int levels)
        where T : struct
    {
        (values, levels) = (0, 0);
        Span<T> all = cells.Values;
        int present = cells.Shape.IsList ? 3 : 1;
        for (int row = 0; row < cells.Rows; row++)
        {
            (int start, int length) = cells[row].GetOffsetAndLength(cells.Count);
            if (length == 0)
            {
                (definition[levels], repetition[levels++]) = (cells.IsNullRow(row) ? 0 : 1, 0);
            }

            for (int i = start; i < start + length; i++)
            {
                bool isNull = cells.IsNull(i);
                (definition[levels], repetition[levels++]) = (isNull ? present - 1 : present, i == start ? 0 : 1);
                packed[values] = all[i];
                values += isNull ? 0 : 1;
            }
        }
    }
}
