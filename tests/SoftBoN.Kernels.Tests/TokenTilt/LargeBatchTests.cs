using System.IO.MemoryMappedFiles;
using System.Numerics.Tensors;

namespace SoftBoN.Kernels.Tests.TokenTilt;

/// <summary>Batches of more elements than an int can count, in a mapped file that is mostly a hole.</summary>
public sealed unsafe class LargeBatchTests
{
    private const int Columns = 262_144;

    /// <summary>4.3e9 halves; some rows lie beyond 2^31 and 2^32 elements, others beyond so many bytes.</summary>
    private const int Rows = 16_500;

    [Fact]
    public void Rows_beyond_2_to_the_32_elements_are_read_where_they_lie()
    {
        int[] rows = [0, 1, 4095, 4096, 8191, 8192, 16_383, 16_384, Rows - 1];
        string path = Path.GetTempFileName();
        try
        {
            using (var file = new FileStream(
                path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose))
            {
                file.SetLength((long)Rows * Columns * sizeof(ushort));
                foreach (int row in rows)
                {
                    file.Position = (((long)row * Columns) + TokenOf(row)) * sizeof(ushort);
                    file.Write(BitConverter.GetBytes((Half)(30 + (row % 7))));
                }

                file.Flush();
                AssertReads(file, rows);
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static int TokenOf(int row) => (row * 31 + 5) % Columns;

    private static void AssertReads(FileStream file, int[] rows)
    {
        using var map = MemoryMappedFile.CreateFromFile(
            file, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        using MemoryMappedViewAccessor view = map.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        byte* start = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        try
        {
            var logits = new ReadOnlyTensorSpan<Half>((Half*)start, unchecked((nint)((long)Rows * Columns)), [Rows, Columns]);
            int[] tokens = new int[rows.Length];
            float[] sums = new float[rows.Length];
            Engines.Simd2.TiltTokens(
                TokenMatrix.Of(in logits),
                new TokenTiltOptions { RowMap = rows, Seed = 9ul, Noise = TokenNoise.PerToken },
                new TokenTiltOutputs { Token = tokens, BaseLogSumExp = sums });

            // The others have 262,143 exp(-30) = 2.5e-8 of the mass.
            for (int i = 0; i < rows.Length; i++)
            {
                Assert.Equal(TokenOf(rows[i]), tokens[i]);
                Near.Absolute(30 + (rows[i] % 7), sums[i], 1e-5);
            }
        }
        finally
        {
            view.SafeMemoryMappedViewHandle.ReleasePointer();
        }
    }
}
