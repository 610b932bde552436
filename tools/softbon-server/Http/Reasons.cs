using Microsoft.AspNetCore.Http.Features;

namespace SoftBoN.Server.Http;

/// <summary>Reasons of answers that the framework gives by itself and says nothing about.</summary>
internal static class Reasons
{
    /// <summary>Adds a reason where there is none.</summary>
    public static void Add(ProblemDetailsContext context) =>
        context.ProblemDetails.Detail ??= Of(context.HttpContext, context.ProblemDetails.Status);

    /// <summary>Why a body's type is not taken.</summary>
    public static string UnsupportedType(HttpRequest request) => string.IsNullOrEmpty(request.ContentType)
        ? "The request has no content type; send application/json."
        : $"The content type is '{request.ContentType}'; send application/json.";

    private static string? Of(HttpContext context, int? status) => status switch
    {
        StatusCodes.Status404NotFound =>
            $"There is no {PathOf(context)}; there are POST /v1/select, GET /healthz, /metrics and /openapi/v1.json.",
        StatusCodes.Status405MethodNotAllowed =>
            $"{PathOf(context)} takes no {context.Request.Method}; it takes {context.Response.Headers.Allow}.",
        StatusCodes.Status415UnsupportedMediaType => UnsupportedType(context.Request),
        StatusCodes.Status500InternalServerError => "The server failed; its log says how.",
        _ => null,
    };

    /// <summary>As it was sent: pages of errors have a path of their own.</summary>
    private static string PathOf(HttpContext context) =>
        context.Features.Get<IHttpRequestFeature>()?.RawTarget is { Length: > 0 } target ? target : context.Request.Path;
}
