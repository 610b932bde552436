using Microsoft.AspNetCore.Http.HttpResults;

namespace SoftBoN.Server.Http;

/// <summary>Answers that say why there is no other.</summary>
internal static class Problems
{
    /// <summary>A status and the reason.</summary>
    public static ProblemHttpResult Of(int status, string detail) => TypedResults.Problem(detail, statusCode: status);

    /// <summary>503 for what passes: the client may ask again in a second.</summary>
    public static ProblemHttpResult Busy(HttpContext context, string detail)
    {
        context.Response.Headers.RetryAfter = "1";
        return Of(StatusCodes.Status503ServiceUnavailable, detail);
    }
}
