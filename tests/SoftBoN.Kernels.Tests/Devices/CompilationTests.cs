using Microsoft.Extensions.Logging;

namespace SoftBoN.Kernels.Tests.Devices;

/// <summary>When kernels are compiled, as the log tells.</summary>
public sealed class CompilationTests
{
    private const int CompiledEvent = 1001;

    [Theory]
    [OnBackend(SoftBonBackend.IlgpuCpu)]
    [OnBackend(SoftBonBackend.OpenCl)]
    [OnBackend(SoftBonBackend.Cuda)]
    public void Named_operations_are_compiled_at_creation_and_others_when_they_are_called(SoftBonBackend backend)
    {
        using var log = new Events();
        using SoftBonEngine engine = DeviceBackends.Make(backend, options =>
        {
            options.CompileAtCreation = SoftBonOperations.Majority;
            options.LoggerFactory = log;
        });
        Assert.Equal(1, log.Count(CompiledEvent));
        foreach (int length in new[] { 3, 40, 100, 1100 })
        {
            Batch batch = new RandomRewards(541).Rows([length, 2], Mood.Normal);
            int[] answers = new int[batch.Packed];
            foreach (Temperature lambda in new[] { Temperature.Given(0.4f), Temperature.Kl(0.3f) })
            {
                MajorityResult.AssertSame(
                    MajorityResult.Of(Engines.Reference, batch, lambda, answers),
                    MajorityResult.Of(engine, batch, lambda, answers),
                    $"{length}, {lambda}");
            }
        }

        Assert.Equal(1, log.Count(CompiledEvent));
        SelectionResult.Of(engine, new RandomRewards(542).Rows([3], Mood.Normal), new Pick(Temperature.Given(1)));
        Assert.Equal(2, log.Count(CompiledEvent));
    }

    [Theory]
    [InlineData(16)]
    [InlineData(-1)]
    public void Operations_that_there_are_not_are_refused(int operations) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SoftBonEngine.CreateHost(
            new SoftBonOptions { CompileAtCreation = (SoftBonOperations)operations }));

    /// <summary>Counts what is logged.</summary>
    private sealed class Events : ILoggerFactory, ILogger
    {
        private readonly List<int> ids = [];

        public int Count(int id)
        {
            lock (ids)
            {
                return ids.Count(one => one == id);
            }
        }

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public void Dispose()
        {
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (ids)
            {
                ids.Add(eventId.Id);
            }
        }
    }
}
