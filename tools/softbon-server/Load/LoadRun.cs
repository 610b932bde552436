using System.Collections.Concurrent;
using System.Diagnostics;

namespace SoftBoN.Server.Load;

/// <summary>What clients saw in a while.</summary>
/// <param name="Requests">Requests with an answer.</param>
/// <param name="Wrong">Answers that were not the expected ones.</param>
/// <param name="Errors">Requests that threw.</param>
/// <param name="PerSecond">Requests in a second, all clients together.</param>
/// <param name="Median">The median latency in microseconds.</param>
/// <param name="P99">The latency in microseconds that one in a hundred exceeds.</param>
internal sealed record LoadRun(long Requests, long Wrong, long Errors, double PerSecond, double Median, double P99)
{
    /// <summary>Whether all went well.</summary>
    public bool IsRight => Wrong == 0 && Errors == 0 && Requests > 0;

    /// <summary>Clients that send one request after the other.</summary>
    /// <param name="clients">How many.</param>
    /// <param name="duration">For how long.</param>
    /// <param name="request">Sends a client's k-th request; whether the answer was right.</param>
    public static async Task<LoadRun> Measure(int clients, TimeSpan duration, Func<int, int, Task<bool>> request)
    {
        var latencies = new ConcurrentBag<List<double>>();
        long wrong = 0;
        long errors = 0;
        long start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, clients).Select(client => Task.Run(Client(client))));
        double elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
        double[] all = [.. latencies.SelectMany(list => list).Order()];
        return new LoadRun(
            all.Length, wrong, errors, all.Length / elapsed, Quantile(all, 0.5), Quantile(all, 0.99));

        Func<Task> Client(int client) => async () =>
        {
            var own = new List<double>();
            int i = 0;
            do
            {
                long sent = Stopwatch.GetTimestamp();
                try
                {
                    if (!await request(client, i++))
                    {
                        Interlocked.Increment(ref wrong);
                    }

                    own.Add(Stopwatch.GetElapsedTime(sent).TotalMicroseconds);
                }
                catch (Exception)
                {
                    Interlocked.Increment(ref errors);
                }
            }
            while (Stopwatch.GetElapsedTime(start) < duration);

            latencies.Add(own);
        };
    }

    private static double Quantile(double[] sorted, double share) =>
        sorted.Length == 0 ? double.NaN : sorted[(int)(share * (sorted.Length - 1))];
}
