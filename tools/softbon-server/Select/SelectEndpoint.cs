using System.Text.Json;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using SoftBoN.Server.Http;

namespace SoftBoN.Server.Select;

/// <summary>POST /v1/select: every fault of a body is a 4xx that says what it is.</summary>
internal static class SelectEndpoint
{
    public static async Task<IResult> Handle(
        HttpContext context,
        SoftBonEngine engine,
        Uploads uploads,
        WorkQueue queue,
        IOptions<ServerOptions> options,
        CancellationToken cancellationToken)
    {
        if (!context.Request.HasJsonContentType())
        {
            return Problems.Of(StatusCodes.Status415UnsupportedMediaType, Reasons.UnsupportedType(context.Request));
        }

        Upload upload = await uploads.Read(context);
        if (upload.Refusal is { } refusal)
        {
            return refusal;
        }

        Connections.Keep(context);
        using RateLimitLease place = await queue.Enter(cancellationToken);
        return place.IsAcquired
            ? Answer(engine, upload.Body, options.Value, cancellationToken)
            : Problems.Busy(context, queue.Full);
    }

    private static IResult Answer(
        SoftBonEngine engine, ReadOnlyMemory<byte> body, ServerOptions limits, CancellationToken cancellationToken)
    {
        try
        {
            SelectRequest request = JsonSerializer.Deserialize(body.Span, SelectJson.Default.SelectRequest)
                ?? throw new JsonException();
            SelectResponse response = SelectWork.Run(engine, request, limits, cancellationToken);
            return TypedResults.Json(response, SelectJson.Default.SelectResponse);
        }
        catch (JsonException fault)
        {
            return Problems.Of(StatusCodes.Status400BadRequest, BodyFault.Describe(body, fault));
        }
        catch (ArgumentException fault)
        {
            return Problems.Of(StatusCodes.Status400BadRequest, fault.Message);
        }
        catch (Exception fault) when (fault is DeviceExecutionException or ObjectDisposedException)
        {
            return Problems.Of(
                StatusCodes.Status503ServiceUnavailable, $"The engine cannot be used: {fault.Message}");
        }
    }
}
