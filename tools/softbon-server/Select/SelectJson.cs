using System.Text.Json;
using System.Text.Json.Serialization;

namespace SoftBoN.Server.Select;

/// <summary>How bodies are read and written: strictly, so that a misspelt name is an error and not a default.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    NumberHandling = JsonNumberHandling.Strict,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    AllowDuplicateProperties = false,
    MaxDepth = 8,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(SelectRequest))]
[JsonSerializable(typeof(SelectResponse))]
internal sealed partial class SelectJson : JsonSerializerContext
{
    /// <summary>The same for the description of the API, which asks these options and not the context's own.</summary>
    public static void Configure(JsonSerializerOptions options)
    {
        options.TypeInfoResolverChain.Insert(0, Default);
        options.NumberHandling = JsonNumberHandling.Strict;
    }
}
