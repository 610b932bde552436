namespace SoftBoN.Kernels.Hosting;

/// <summary>Runs batches in the memory of one engine's device.</summary>
internal interface IDeviceStage<TInput, TResult> : IDisposable
{
    /// <summary>Results in the order of the inputs.</summary>
    TResult[] Run(IReadOnlyList<TInput> inputs);
}

/// <summary>
/// An operation on a device, by one queue of the batcher's loop. Where the device is lost and there is a way to another
/// engine, the next batch runs on that.
/// </summary>
internal sealed class DeviceOperation<TInput, TResult>(
    IBatchOperation<TInput, TResult> alone,
    SoftBonEngine first,
    Func<SoftBonEngine>? replace,
    Func<SoftBonEngine, IDeviceStage<TInput, TResult>> stageOf) : IBatchOperation<TInput, TResult>, IDisposable
{
    private SoftBonEngine? fresh;
    private IDeviceStage<TInput, TResult>? stage;

    public string Name => alone.Name;

    public int RowsOf(TInput input) => alone.RowsOf(input);

    public TResult[] Run(IReadOnlyList<TInput> inputs)
    {
        if ((fresh ?? first).IsFaulted && replace != null)
        {
            SoftBonEngine next = Fresh(replace);
            Dispose();
            fresh = next;
        }

        stage ??= stageOf(fresh ?? first);
        return stage.Run(inputs);
    }

    /// <summary>No request is to blame where there is none to be had, and alone each would ask again.</summary>
    private SoftBonEngine Fresh(Func<SoftBonEngine> make)
    {
        try
        {
            return make() is { IsFaulted: false } engine
                ? engine
                : throw new InvalidOperationException("ReplaceEngine gave no engine that works; make a new one.");
        }
        catch (Exception fault)
        {
            throw DeviceExecutionException.Of(
                Name, "the replacement of a lost engine", (fresh ?? first).Device, fault, isFaulted: true);
        }
    }

    /// <summary>Ends what is the operation's own: its memory, and an engine that came in another's place.</summary>
    public void Dispose()
    {
        stage?.Dispose();
        stage = null;
        fresh?.Dispose();
    }
}
