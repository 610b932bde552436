using System.Buffers;

namespace SoftBoN.Tool.Study.Frame;

/// <summary>The command that makes a study again, with every parameter spelled out.</summary>
internal static class CommandText
{
    private static readonly SearchValues<char> Harmless = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_./,=:+@%");

    public static string Of(IStudy study, string folder)
    {
        IEnumerable<string> options = study.Parameters
            .Where(parameter => parameter.IsOption)
            .Select(parameter => $"--{parameter.Name} {Quote(parameter.Value)}");
        return $"softbon study {study.Name} --out {Quote(folder)} {string.Join(' ', options)}".TrimEnd();
    }

    /// <summary>The word as a POSIX shell takes it.</summary>
    private static string Quote(string word) => word.Length > 0 && !word.AsSpan().ContainsAnyExcept(Harmless)
        ? word
        : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
