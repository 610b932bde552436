using Parquet;
using Parquet.Schema;

namespace SoftBoN.Tool.Tests.Columnar;

/// <summary>Writes prompts as Parquet with the library alone, in either layout.</summary>
internal static class PanelFiles
{
    /// <summary>A row a prompt.</summary>
    public static void WriteList(string path, PanelPrompt[] prompts, int rowsOfGroup)
    {
        DataField[] items = [Item<float>(), Item<string>(), Item<string>(), Item<float>()];
        string[] names = ["rewards", "candidates", "answers", "offsets"];
        var prompt = new DataField<string>("prompt");
        var row = new DataField<long>("row");
        Write(path, [prompt, row, .. items.Zip(names, (item, name) => new ListField(name, item))], async writer =>
        {
            foreach ((int first, PanelPrompt[] group) in Groups(prompts, rowsOfGroup))
            {
                using ParquetRowGroupWriter rows = writer.CreateRowGroup();
                await rows.WriteAsync(prompt, group.Select(p => p.Id).ToArray());
                await rows.WriteAsync<long>(row, Enumerable.Range(first, group.Length).Select(i => (long)i).ToArray());
                await WriteList(rows, items[0], group, c => c.Reward);
                await WriteTexts(rows, items[1], group, c => c.Id);
                await WriteTexts(rows, items[2], group, c => c.Answer);
                await WriteList(rows, items[3], group, c => c.Offset);
            }
        });
    }

    /// <summary>A row a candidate.</summary>
    public static void WriteLong(string path, (string? Prompt, PanelCandidate Candidate)[] rows, int rowsOfGroup)
    {
        var prompt = new DataField<string>("prompt");
        var candidate = new DataField<string>("candidate");
        var reward = new DataField<float?>("reward");
        var answer = new DataField<string>("answer");
        var offset = new DataField<float?>("offset");
        var length = new DataField<int>("length");
        Write(path, [prompt, candidate, reward, answer, offset, length], async writer =>
        {
            foreach ((int first, (string? Prompt, PanelCandidate Candidate)[] group) in Groups(rows, rowsOfGroup))
            {
                using ParquetRowGroupWriter part = writer.CreateRowGroup();
                await part.WriteAsync(prompt, group.Select(r => r.Prompt!).ToArray());
                await part.WriteAsync(candidate, group.Select(r => r.Candidate.Id).ToArray());
                await part.WriteAsync<float>(reward, group.Select(r => r.Candidate.Reward).ToArray().AsMemory());
                await part.WriteAsync(answer, group.Select(r => r.Candidate.Answer!).ToArray());
                await part.WriteAsync<float>(offset, group.Select(r => r.Candidate.Offset).ToArray().AsMemory());
                await part.WriteAsync<int>(length, Enumerable.Range(first, group.Length).ToArray().AsMemory());
            }
        });
    }

    public static (string? Prompt, PanelCandidate Candidate)[] Long(IEnumerable<PanelPrompt> prompts) =>
        [.. prompts.SelectMany(prompt => prompt.Candidates.Select(c => ((string?)prompt.Id, c)))];

    /// <summary>Any columns, one row group.</summary>
    public static void Write(string path, Field[] fields, Func<ParquetWriter, Task> write)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        WriteAsync().GetAwaiter().GetResult();

        async Task WriteAsync()
        {
            await using FileStream stream = File.Create(path);
            await using ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), stream);
            await write(writer);
        }
    }

    /// <summary>Overwrites what a column has in a row group.</summary>
    public static void Break(string path, int group, string column)
    {
        byte[] bytes = File.ReadAllBytes(path);
        using (var stream = new MemoryStream(bytes, writable: false))
        {
            ParquetReader reader = ParquetReader.CreateAsync(stream).GetAwaiter().GetResult();
            Parquet.Meta.ColumnMetaData chunk = reader.Metadata!.RowGroups[group].Columns
                .First(c => c.MetaData!.PathInSchema[0] == column).MetaData!;
            long start = Math.Min(chunk.DictionaryPageOffset ?? long.MaxValue, chunk.DataPageOffset);
            bytes.AsSpan((int)start, (int)chunk.TotalCompressedSize).Fill(0xFF);
        }

        File.WriteAllBytes(path, bytes);
    }

    /// <summary>The rows of a file, each by column.</summary>
    public static List<Dictionary<string, object?>> Read(string path) => [.. Directory.Exists(path)
        ? Directory.GetFiles(path).Order(StringComparer.Ordinal).SelectMany(ReadFile)
        : ReadFile(path)];

    private static IEnumerable<Dictionary<string, object?>> ReadFile(string path) =>
        ReadFileAsync(path).GetAwaiter().GetResult();

    private static async Task<List<Dictionary<string, object?>>> ReadFileAsync(string path)
    {
        await using ParquetReader reader = await ParquetReader.CreateAsync(path);
        var all = new List<Dictionary<string, object?>>();
        for (int group = 0; group < reader.RowGroupCount; group++)
        {
            using ParquetRowGroupReader rows = reader.OpenRowGroupReader(group);
            Dictionary<string, object?>[] read = [.. Enumerable.Range(0, (int)rows.RowCount)
                .Select(_ => new Dictionary<string, object?>())];
            foreach (DataField field in reader.Schema.DataFields)
            {
                await ReadColumn(rows, field, read);
            }

            all.AddRange(read);
        }

        return all;
    }

    private static Task ReadColumn(ParquetRowGroupReader rows, DataField field, Dictionary<string, object?>[] into) =>
        field.ClrType switch
        {
            Type type when type == typeof(float) => ReadColumn<float>(rows, field, into),
            Type type when type == typeof(int) => ReadColumn<int>(rows, field, into),
            Type type when type == typeof(long) => ReadColumn<long>(rows, field, into),
            Type type when type == typeof(bool) => ReadColumn<bool>(rows, field, into),
            _ => ReadColumn<ReadOnlyMemory<char>>(rows, field, into),
        };

    /// <summary>Lists are arrays of objects; what is null is not there.</summary>
    private static async Task ReadColumn<T>(
        ParquetRowGroupReader rows, DataField field, Dictionary<string, object?>[] into)
        where T : struct
    {
        int count = (int)rows.GetMetadata(field)!.MetaData!.NumValues;
        var values = new T[count];
        var definition = new int[count];
        var repetition = new int[count];
        await rows.ReadRawAsync<T>(field, values, definition, repetition);
        string name = field.Path.ToList()[0];
        int row = -1;
        int next = 0;
        for (int i = 0; i < count; i++)
        {
            bool isValue = definition[i] == field.MaxDefinitionLevel;
            object? value = isValue ? values[next++] is ReadOnlyMemory<char> text ? text.ToString() : values[next - 1] : null;
            row += repetition[i] == 0 ? 1 : 0;
            if (field.MaxRepetitionLevel == 0 && isValue)
            {
                into[row][name] = value;
            }
            else if (field.MaxRepetitionLevel > 0 && definition[i] > 0)
            {
                object?[] before = into[row].TryGetValue(name, out object? list) ? (object?[])list! : [];
                into[row][name] = definition[i] == 1 ? before : [.. before, value];
            }
        }
    }

    private static DataField Item<T>() => new(ListField.ElementName, typeof(T), isNullable: true);

    private static IEnumerable<(int First, T[] Rows)> Groups<T>(T[] rows, int size)
    {
        int first = 0;
        foreach (T[] group in rows.Chunk(size))
        {
            yield return (first, group);
            first += group.Length;
        }
    }

    private static Task WriteList(
        ParquetRowGroupWriter rows, DataField item, PanelPrompt[] group, Func<PanelCandidate, float?> value)
    {
        float?[] all = [.. group.SelectMany(p => p.Candidates.Select(value))];
        float[] packed = [.. all.Where(v => v is not null).Select(v => v!.Value)];
        return rows.WriteAllPartsAsync<float>(
            item, packed, Definition(all.Select(v => v is null), group), Repetition(group), CancellationToken.None);
    }

    private static Task WriteTexts(
        ParquetRowGroupWriter rows, DataField item, PanelPrompt[] group, Func<PanelCandidate, string?> value)
    {
        string?[] all = [.. group.SelectMany(p => p.Candidates.Select(value))];
        ReadOnlyMemory<char>[] packed = [.. all.Where(v => v is not null).Select(v => v.AsMemory())];
        return rows.WriteAllPartsAsync<ReadOnlyMemory<char>>(
            item, packed, Definition(all.Select(v => v is null), group), Repetition(group), CancellationToken.None);
    }

    /// <summary>3 is a value, 2 a null one, 1 an empty list.</summary>
    private static int[] Definition(IEnumerable<bool> nulls, PanelPrompt[] group)
    {
        using IEnumerator<bool> next = nulls.GetEnumerator();
        var levels = new List<int>();
        foreach (PanelPrompt prompt in group)
        {
            levels.AddRange(prompt.Candidates.Length == 0
                ? [1]
                : prompt.Candidates.Select(_ => next.MoveNext() && next.Current ? 2 : 3).ToArray());
        }

        return [.. levels];
    }

    private static int[] Repetition(PanelPrompt[] group) => [.. group.SelectMany(prompt =>
        Enumerable.Range(0, Math.Max(1, prompt.Candidates.Length)).Select(i => i == 0 ? 0 : 1))];
}
