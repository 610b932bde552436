using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;

namespace SoftBoN.Server.Http;

/// <summary>What the description of the API says besides its paths: the key, where there is one.</summary>
internal static class ApiDescription
{
    private const string Scheme = "ApiKey";

    public static void Configure(OpenApiOptions options) => options.AddDocumentTransformer((document, context, _) =>
    {
        var server = context.ApplicationServices.GetRequiredService<IOptions<ServerOptions>>().Value;
        if (server.ApiKey.Length == 0)
        {
            return Task.CompletedTask;
        }

        document.AddComponent(Scheme, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Header,
            Name = ApiKeyMiddleware.Header,
        });
        document.Security = [new() { [new OpenApiSecuritySchemeReference(Scheme, document)] = [] }];
        return Task.CompletedTask;
    });
}
