namespace SoftBoN.Kernels.Tests.Devices;

/// <summary>Batches with more elements than an int counts.</summary>
public sealed class LargeBatchTests
{
    private const int Columns = 128_256;
    private const int Distinct = 64;
    private const int Copies = 263;
    private const int Rows = Distinct * Copies;
    private const long Elements = (long)Rows * Columns;

    /// <summary>Logits of 16 bits, and as much again for everything else.</summary>
    private const long Memory = 4 * Elements;

    /// <summary>Rows that recur, logits and position, have the same token wherever they lie.</summary>
    [Theory]
    [OnBackend(SoftBonBackend.Cuda, Memory)]
    public void Tokens_of_rows_that_lie_beyond_2_to_the_31(SoftBonBackend backend)
    {
        Assert.True(Elements > int.MaxValue);
        Half[] block = Array.ConvertAll(new RandomRewards(691).Row(Distinct * Columns), logit => (Half)logit);
        var expectedTokens = new int[Distinct];
        var expectedSums = new float[Distinct];
        Engines.Simd.TiltTokens(
            TokenMatrix.Of(block, Distinct, Columns),
            new TokenTiltOptions { Seed = 5 },
            new TokenTiltOutputs { Token = expectedTokens, LogSumExp = expectedSums });

        using SoftBonEngine engine = DeviceBackends.Make(backend);
        using DeviceBuffer<Half> logits = engine.CreateBuffer<Half>(Elements);
        using DeviceBuffer<ulong> positions = engine.CreateBuffer<ulong>(Rows);
        using DeviceBuffer<int> tokens = engine.CreateBuffer<int>(Rows);
        using DeviceBuffer<float> sums = engine.CreateBuffer<float>(Rows);
        for (int copy = 0; copy < Copies; copy++)
        {
            logits.CopyFrom(block, (long)copy * block.Length);
        }

        positions.CopyFrom([.. Enumerable.Range(0, Rows).Select(row => (ulong)(row % Distinct))]);
        using SoftBonQueue queue = engine.CreateQueue();
        queue.TiltTokens(
            DeviceTokenMatrix.Of(logits, Rows, Columns),
            new DeviceTokenTiltOptions { Seed = 5ul, Position = positions },
            new DeviceTokenTiltOutputs { Token = tokens, LogSumExp = sums });
        queue.Synchronize();

        var actualTokens = new int[Rows];
        var actualSums = new float[Rows];
        tokens.CopyTo(actualTokens);
        sums.CopyTo(actualSums);
        Assert.All(Enumerable.Range(0, Rows), row => Assert.Equal(
            (expectedTokens[row % Distinct], expectedSums[row % Distinct]), (actualTokens[row], actualSums[row])));
    }
}
