namespace SoftBoN.Kernels.Hosting.Tests.Batching;

/// <summary>Doubles its inputs once the gate is open; negative inputs are at fault.</summary>
internal sealed class GatedOperation : IBatchOperation<int, int>
{
    public ManualResetEventSlim Gate { get; } = new(true);

    public ManualResetEventSlim Started { get; } = new(false);

    public List<int> BatchSizes { get; } = [];

    public string Name => "double";

    public int RowsOf(int input) => 1;

    public int[] Run(IReadOnlyList<int> inputs)
    {
        BatchSizes.Add(inputs.Count);
        Started.Set();
        Gate.Wait();
        return inputs.Any(input => input < 0)
            ? throw new InvalidOperationException($"The device was lost at {inputs.First(input => input < 0)}.")
            : [.. inputs.Select(input => 2 * input)];
    }
}
