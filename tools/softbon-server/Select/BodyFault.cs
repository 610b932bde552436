using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

namespace SoftBoN.Server.Select;

/// <summary>What is wrong with a body that could not be read, in the words of JSON.</summary>
internal static class BodyFault
{
    private const int MostShown = 24;

    /// <summary>A document takes time that grows with its size times its depth.</summary>
    private const int MostDeep = 64;

    /// <summary>The reason for a fault that the reader found.</summary>
    /// <param name="body">What was sent.</param>
    /// <param name="fault">Where reading ended.</param>
    public static string Describe(ReadOnlyMemory<byte> body, JsonException fault)
    {
        if (!Utf8.IsValid(body.Span))
        {
            return "The body is not UTF-8; send it as that.";
        }

        try
        {
            int depth = DepthOf(body.Span);
            if (depth > MostDeep)
            {
                return $"The body has arrays or objects within each other, {depth} deep; send rewards as one array of numbers.";
            }

            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = MostDeep });
            return Describe(document.RootElement, fault.Path ?? "$");
        }
        catch (JsonException broken)
        {
            return Broken(body.Span, broken);
        }
        catch (InvalidOperationException)
        {
            return "A text of the body has half of a character that takes two \\u escapes; send both.";
        }
    }

    /// <summary>How many arrays and objects lie within each other; a reader takes time that grows with the size alone.</summary>
    private static int DepthOf(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = int.MaxValue });
        int depth = 0;
        while (reader.Read())
        {
            bool isOpening = reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject;
            depth = Math.Max(depth, reader.CurrentDepth + (isOpening ? 1 : 0));
        }

        return depth;
    }

    private static string Broken(ReadOnlySpan<byte> body, JsonException broken)
    {
        int place = 0;
        for (long line = broken.LineNumber ?? 0; line > 0; line--)
        {
            place += body[place..].IndexOf((byte)'\n') + 1;
        }

        place += (int)(broken.BytePositionInLine ?? 0);
        return body[Math.Min(place, body.Length)..].Trim(" \t\r\n"u8).IsEmpty
            ? $"The body of {body.Length} bytes ends before it is whole JSON; send an object with rewards."
            : $"The body is not JSON from line {broken.LineNumber + 1}, byte {broken.BytePositionInLine + 1} on: "
                + Shown(Encoding.UTF8.GetString(body.Slice(place, Math.Min(body.Length - place, MostShown + 1))));
    }

    private static string Describe(JsonElement root, string path)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return $"The body is {Kind(root.ValueKind)}; send an object with rewards.";
        }

        IList<JsonPropertyInfo> known = SelectJson.Default.SelectRequest.Properties;
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (JsonProperty property in root.EnumerateObject())
        {
            if (!known.Any(info => IsNamed(info, property.Name)))
            {
                return $"There is no '{Shown(property.Name)}'; there are {string.Join(", ", known.Select(info => info.Name))}.";
            }

            if (!seen.Add(property.Name))
            {
                return $"'{property.Name}' is there twice; send it once.";
            }
        }

        JsonPropertyInfo? missing = known.FirstOrDefault(info => info.IsRequired && !seen.Contains(info.Name));
        if (missing != null)
        {
            return $"{missing.Name} is missing; send {Wanted(missing.PropertyType)}.";
        }

        return path.StartsWith("$.", StringComparison.Ordinal)
            ? Mistyped(root, path["$.".Length..], known)
            : $"The body cannot be read at {path}; send what the description of the API says.";
    }

    /// <summary>For a path such as lambda or rewards[3].</summary>
    private static string Mistyped(JsonElement root, string path, IList<JsonPropertyInfo> known)
    {
        string[] parts = path.Split('[', ']');
        JsonElement value = root.EnumerateObject().First(
            property => property.Name.Equals(parts[0], StringComparison.OrdinalIgnoreCase)).Value;
        Type type = known.First(info => IsNamed(info, parts[0])).PropertyType;
        if (parts.Length > 1)
        {
            (value, type) = (value[int.Parse(parts[1], null)], type.GetElementType()!);
        }

        return $"{path} is {Shown(value.GetRawText())}; send {Wanted(type)}.";
    }

    private static bool IsNamed(JsonPropertyInfo info, string name) =>
        info.Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static string Shown(string text) => text.Length <= MostShown ? text : $"{text[..MostShown]}…";

    private static string Kind(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Null => "null",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        _ => "true or false",
    };

    private static string Wanted(Type type)
    {
        if (type.IsArray)
        {
            return type == typeof(float[])
                ? "an array of numbers"
                : $"an array, each of it {Wanted(type.GetElementType()!)}";
        }

        Type plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain.IsEnum
            ? $"one of \"{string.Join("\", \"", Enum.GetNames(plain))}\""
            : Type.GetTypeCode(plain) switch
            {
                TypeCode.Int32 => $"a whole number from {int.MinValue} to {int.MaxValue}",
                TypeCode.UInt64 => $"a whole number from 0 to {ulong.MaxValue}",
                TypeCode.Boolean => "true or false",
                _ => "a number",
            };
    }
}
