using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using SoftBoN.Server.Http;

namespace SoftBoN.Server.Select;

/// <summary>POST /v1/select: every fault of a body is a 4xx that says what it is.</summary>
internal static class SelectEndpoint
{
    public static async Task<IResult> Handle(
        HttpContext context, SoftBonEngine engine, IOptions<ServerOptions> options, CancellationToken cancellationToken)
    {
        if (!context.Request.HasJsonContentType())
        {
            return Problem(
                StatusCodes.Status415UnsupportedMediaType,
                $"The content type is '{context.Request.ContentType}'; send application/json.");
        }

        ServerOptions limits = options.Value;
        ReadOnlyMemory<byte>? body;
        try
        {
            body = await BodyReader.Read(context.Request, limits.MaxBodyBytes, cancellationToken);
        }
        catch (BadHttpRequestException fault)
        {
            return Problem(fault.StatusCode, fault.Message);
        }

        if (body is not { } bytes)
        {
            return Problem(
                StatusCodes.Status413PayloadTooLarge,
                $"The body has more than {limits.MaxBodyBytes} bytes; send fewer rows at a time.");
        }

        try
        {
            SelectRequest request = JsonSerializer.Deserialize(bytes.Span, SelectJson.Default.SelectRequest)
                ?? throw new JsonException("The body is null; send an object with rewards.");
            SelectResponse response = SelectWork.Run(engine, request, limits, cancellationToken);
            return TypedResults.Json(response, SelectJson.Default.SelectResponse);
        }
        catch (JsonException fault)
        {
            return Problem(StatusCodes.Status400BadRequest, fault.Message);
        }
        catch (ArgumentException fault)
        {
            return Problem(StatusCodes.Status400BadRequest, fault.Message);
        }
        catch (Exception fault) when (fault is DeviceExecutionException or ObjectDisposedException)
        {
            return Problem(StatusCodes.Status503ServiceUnavailable, $"The engine cannot be used: {fault.Message}");
        }
    }

    private static ProblemHttpResult Problem(int status, string detail) => TypedResults.Problem(detail, statusCode: status);
}
