using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace SoftBoN.Server.Http;

/// <summary>Lets requests to /v1 pass that carry the key, where there is one.</summary>
internal sealed class ApiKeyMiddleware(RequestDelegate next, IOptions<ServerOptions> options)
{
    /// <summary>The header that has the key.</summary>
    public const string Header = "X-Api-Key";

    /// <summary>Hashes are of one length, so that comparing them takes the same time whatever was sent.</summary>
    private readonly byte[]? expected = options.Value.ApiKey.Length == 0 ? null : Hash(options.Value.ApiKey);

    /// <summary>Passes the request on, or answers 401.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        bool isOpen = expected == null || !context.Request.Path.StartsWithSegments("/v1");
        return isOpen || CryptographicOperations.FixedTimeEquals(expected, Hash(context.Request.Headers[Header].ToString()))
            ? next(context)
            : TypedResults.Problem(
                $"The request has no {Header} header with the server's key.",
                statusCode: StatusCodes.Status401Unauthorized).ExecuteAsync(context);
    }

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
