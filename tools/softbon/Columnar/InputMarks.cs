using System.Security.Cryptography;

namespace SoftBoN.Tool.Columnar;

/// <summary>
/// What parts of the output were made of, so that --resume notices an input that has changed since: a hash of size and end of
/// the part's file and of its two neighbours, into which its prompts may go. A file's end has the places and sizes of what
/// is before it.
/// </summary>
/// <param name="parts">All parts.</param>
internal sealed class InputMarks(IReadOnlyList<Part> parts)
{
    private const int End = 1 << 16;

    private readonly Dictionary<Part, int> _places = parts.Index().ToDictionary(part => part.Item, part => part.Index);
    private readonly Dictionary<string, byte[]> _known = [];

    /// <summary>What a part is made of. It does not depend on where the files are, or when they were written.</summary>
    public string Of(Part part)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string file in FilesOf(part))
        {
            hash.AppendData(MarkOf(file));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..32];
    }

    /// <summary>Whether a part of the output was made of what there is now.</summary>
    /// <param name="part">The part of the input.</param>
    /// <param name="metadata">The output's.</param>
    /// <param name="output">The output; it has to be newer, too.</param>
    public bool IsAsItWas(Part part, IReadOnlyDictionary<string, string> metadata, string output)
    {
        DateTime made = File.GetLastWriteTimeUtc(output);
        return FilesOf(part).All(file => File.GetLastWriteTimeUtc(file) <= made)
            && metadata.GetValueOrDefault(OutputForm.InputKey) == Of(part);
    }

    private IEnumerable<string> FilesOf(Part part)
    {
        int at = _places[part];
        return part.Sources.Count > 0
            ? part.Sources
            : parts.Skip(Math.Max(0, at - 1)).Take(Math.Min(at, 1) + 2).Select(near => near.Path);
    }

    private byte[] MarkOf(string path)
    {
        if (_known.TryGetValue(path, out byte[]? mark))
        {
            return mark;
        }

        using FileStream file = File.OpenRead(path);
        byte[] bytes = new byte[sizeof(long) + (int)Math.Min(End, file.Length)];
        BitConverter.TryWriteBytes(bytes, file.Length);
        file.Position = file.Length - (bytes.Length - sizeof(long));
        file.ReadExactly(bytes.AsSpan(sizeof(long)));
        return _known[path] = SHA256.HashData(bytes);
    }
}
