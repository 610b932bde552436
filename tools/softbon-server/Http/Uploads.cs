using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace SoftBoN.Server.Http;

/// <summary>
/// Bodies that come in: so many at a time, each in limited time. A client that is slow has a place here and none among the
/// requests that are worked on, so it keeps nobody else waiting.
/// </summary>
internal sealed class Uploads : IDisposable
{
    private readonly ServerOptions limits;
    private readonly ConcurrencyLimiter places;
    private readonly CancellationTokenSource ended = new();
    private readonly CancellationTokenRegistration ending;

    public Uploads(IOptions<ServerOptions> options, IHostApplicationLifetime lifetime)
    {
        limits = options.Value;
        places = new ConcurrencyLimiter(new() { PermitLimit = limits.MaxUploads });
        ending = lifetime.ApplicationStopping.Register(
            () => ended.CancelAfter(TimeSpan.FromSeconds(limits.EndingBodySeconds)));
    }

    /// <summary>Reads a request's body.</summary>
    public async Task<Upload> Read(HttpContext context)
    {
        using RateLimitLease place = places.AttemptAcquire();
        if (!place.IsAcquired)
        {
            return Refuse(Problems.Busy(context, $"{limits.MaxUploads} bodies come in already; try again later."));
        }

        using var late = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, ended.Token);
        late.CancelAfter(TimeSpan.FromSeconds(limits.BodySeconds));
        try
        {
            return await BodyReader.Read(context.Request, limits.MaxBodyBytes, late.Token) is { } body
                ? new Upload(body, null)
                : Refuse(Broken(StatusCodes.Status413PayloadTooLarge, ""));
        }
        catch (BadHttpRequestException fault)
        {
            return Refuse(Broken(fault.StatusCode, fault.Message));
        }
        catch (IOException fault) when (!context.RequestAborted.IsCancellationRequested)
        {
            // Chunks whose size does not fit a number are told so.
            return Refuse(Broken(StatusCodes.Status400BadRequest, fault.Message));
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            // The rest of the body may be a long way off, and the connection is of no use before it.
            context.Response.Headers.Connection = "close";
            return Refuse(ended.IsCancellationRequested
                ? Problems.Busy(context, "The server ends and waits for the body no longer; send it to another.")
                : Problems.Of(
                    StatusCodes.Status408RequestTimeout,
                    $"The body took more than {limits.BodySeconds} s to come in; send fewer rows at a time, or faster."));
        }
    }

    public void Dispose()
    {
        ending.Dispose();
        ended.Dispose();
        places.Dispose();
    }

    private static Upload Refuse(IResult refusal) => new(default, refusal);

    private ProblemHttpResult Broken(int status, string reason) => Problems.Of(status, status switch
    {
        StatusCodes.Status413PayloadTooLarge =>
            $"The body has more than {limits.MaxBodyBytes} bytes; send fewer rows at a time.",
        StatusCodes.Status408RequestTimeout =>
            $"The body came in at less than {limits.MinBodyBytesPerSecond} bytes a second; send it faster.",
        _ => reason,
    });
}

/// <summary>A body, or the answer to a request whose body did not come in.</summary>
internal readonly record struct Upload(ReadOnlyMemory<byte> Body, IResult? Refusal);
