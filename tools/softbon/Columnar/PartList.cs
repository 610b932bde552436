using System.IO.Enumeration;
using SoftBoN.Tool.Columnar.Tables;
using SoftBoN.Tool.Host;

namespace SoftBoN.Tool.Columnar;

/// <summary>Finds the part files that --input names: one file, a folder's, or those that a pattern fits.</summary>
internal static class PartList
{
    private static readonly string[] ParquetEndings = [".parquet", ".pq"];
    private static readonly string[] ArrowEndings = [".arrow", ".feather", ".ipc"];
    private static readonly string ArrowStreamEnding = TableFormats.EndingOf(TableFormat.ArrowStream);

    /// <summary>The format that a name's ending stands for; null for none of columns.</summary>
    public static TableFormat? FormatOf(string name)
    {
        string ending = Path.GetExtension(name).ToLowerInvariant();
        return ParquetEndings.Contains(ending) ? TableFormat.Parquet
            : ArrowEndings.Contains(ending) ? TableFormat.Arrow
            : ending == ArrowStreamEnding ? TableFormat.ArrowStream : null;
    }

    /// <summary>Whether the name stands for many files.</summary>
    public static bool IsMany(string input) => Directory.Exists(input) || (IsPattern(input) && !File.Exists(input));

    /// <summary>The parts in the order of their names, which is the order of prompts that go over their ends.</summary>
    /// <param name="input">What --input names.</param>
    /// <param name="format">The format; null to go by the names' endings.</param>
    /// <param name="option">The option that named it, for messages.</param>
    public static IReadOnlyList<Part> Find(string input, TableFormat? format, string option)
    {
        Part[] parts = [.. Names(input, option)
            .Select(path => (Path: path, Format: format ?? FormatOf(path)))
            .Where(found => found.Format is not null)
            .OrderBy(found => found.Path, StringComparer.Ordinal)
            .Select(found => new Part(found.Path, found.Format!.Value))];
        return parts.Length > 0 ? parts : throw new FaultException(
            $"{option} {input} has no part files; they have to end in "
            + $"{string.Join(", ", [.. ParquetEndings, .. ArrowEndings, ArrowStreamEnding])}, "
            + "or give --input-format");
    }

    private static IEnumerable<string> Names(string input, string option)
    {
        if (!IsMany(input))
        {
            return File.Exists(input) ? [input] : throw new FaultException(
                $"{option} {input}: no such file or folder; check the path");
        }

        bool isFolder = Directory.Exists(input);
        string folder = isFolder ? input : Path.GetDirectoryName(input) is { Length: > 0 } above ? above : ".";
        string pattern = isFolder ? "*" : Path.GetFileName(input);
        return !Directory.Exists(folder)
            ? throw new FaultException($"{option} {input}: no folder {folder}; check the path")
            : Directory.EnumerateFiles(folder).Where(path =>
                Path.GetFileName(path)[0] is not ('.' or '_')
                && FileSystemName.MatchesSimpleExpression(pattern, Path.GetFileName(path), ignoreCase: false));
    }

    private static bool IsPattern(string input) => input.AsSpan().ContainsAny('*', '?');
}
