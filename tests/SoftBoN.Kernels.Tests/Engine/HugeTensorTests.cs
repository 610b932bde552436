using System.IO.MemoryMappedFiles;
using System.Numerics.Tensors;

namespace SoftBoN.Kernels.Tests.Engine;

/// <summary>More elements than 2^31, and elements further apart than that.</summary>
public sealed class HugeTensorTests
{
    /// <summary>The third row starts more than 2^31 floats, 2^33 bytes, from the first.</summary>
    private const long FarApart = (1L << 30) + 7;

    [Fact]
    [Trait("Category", "Slow")]
    public void More_than_2_to_the_31_candidates_that_share_little_memory()
    {
        const int Columns = 4096;
        const int Count = (1 << 19) + 3;
        float[] row = new RandomRewards(451).Row(Columns);
        float[] expected = new float[Count];
        int[] index = new int[Count];
        var shape = new ReadOnlyTensorSpan<float>(row, [Count, Columns], [0, 1]);
        Assert.True(shape.FlattenedLength > int.MaxValue);
        var options = new SelectionOptions { Lambda = 0.01f, Seed = 1 };
        Engines.Simd2.Select(shape, options, new SelectionOutputs { Index = index });
        Engines.Simd2.SoftWeights(
            shape, 0.5f, default, new SoftWeightsOutputs { LogMeanExp = expected });

        WeightsResult alone = WeightsResult.Of(Engines.Reference, Batch.Of(row), Temperature.Given(0.5f));
        Assert.Equal(-1, expected.AsSpan().IndexOfAnyExcept(alone.LogMeanExp[0]));
        ulong[] positions = [.. Enumerable.Range(Count - 900, 900).Select(i => (ulong)i)];
        var pick = new Pick(Temperature.Given(0.01f)) { Positions = positions };
        SelectionResult last = SelectionResult.Of(
            Engines.Reference, Batch.Strided(row, 900, Columns, rowStride: 0), pick, SelectionWanted.Index);
        Bitwise.Same(last.Index, index.AsSpan(Count - 900), "the last rows");
    }

    [SparseMemoryFact]
    public unsafe void Rows_and_candidates_more_than_2_to_the_31_elements_apart()
    {
        using var memory = new SparseMemory((2 * FarApart) + 100);
        Batch rows = Batch.Dense(new RandomRewards(452).Row(3 * 50), 3, 50);
        Batch columns = Batch.Dense(new RandomRewards(453).Row(20 * 3), 20, 3);
        var pick = new Pick(Temperature.Given(0.8f)) { Draws = 4 };
        foreach ((Batch batch, nint[] strides) in new[]
        {
            (rows, new nint[] { (nint)FarApart, 1 }), (columns, [2, (nint)FarApart]),
        })
        {
            nint[] shape = [batch.Count, batch.Length(0)];
            for (int i = 0; i < batch.Packed; i++)
            {
                memory.Floats[(i / shape[1] * strides[0]) + (i % shape[1] * strides[1])] = batch.Memory[i];
            }

            var tensor = new ReadOnlyTensorSpan<float>(memory.Floats, (nint)memory.Length, shape, strides);
            float[] weights = new float[batch.Packed];
            int[] index = new int[batch.Count * 4];
            Engines.Simd.SoftWeights(tensor, 0.8f, new TensorSpan<float>(weights, shape), new SoftWeightsOutputs());
            Engines.Simd.Select(tensor, pick.Options, new SelectionOutputs { Index = index });

            Bitwise.Same(WeightsResult.Of(Engines.Reference, batch, pick.Lambda).Weights, weights, "weights");
            Bitwise.Same(SelectionResult.Of(Engines.Reference, batch, pick).Index, index, "picks");
        }
    }

    /// <summary>Runs where files may have holes, so that gigabytes that nobody touches cost nothing.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    private sealed class SparseMemoryFactAttribute : FactAttribute
    {
        public SparseMemoryFactAttribute()
        {
            if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess)
            {
                Skip = "Needs a file of 8 GiB that is all holes.";
            }
        }
    }

    /// <summary>Gigabytes of address space, of which only what is touched takes memory.</summary>
    private sealed unsafe class SparseMemory : IDisposable
    {
        private readonly FileStream file;
        private readonly MemoryMappedFile map;
        private readonly MemoryMappedViewAccessor view;

        public SparseMemory(long length)
        {
            Length = length;
            string path = Path.GetTempFileName();
            file = new FileStream(
                path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            file.SetLength(length * sizeof(float));
            map = MemoryMappedFile.CreateFromFile(
                file, null, 0, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true);
            view = map.CreateViewAccessor();
            byte* first = null;
            view.SafeMemoryMappedViewHandle.AcquirePointer(ref first);
            Floats = (float*)first;
        }

        public long Length { get; }

        public float* Floats { get; }

        public void Dispose()
        {
            view.SafeMemoryMappedViewHandle.ReleasePointer();
            view.Dispose();
            map.Dispose();
            file.Dispose();
        }
    }
}
