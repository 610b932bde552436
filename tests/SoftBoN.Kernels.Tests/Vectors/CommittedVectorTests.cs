using SoftBoN.Kernels.Vectors;
using SoftBoN.Kernels.Vectors.Files;
using SoftBoN.Kernels.Vectors.Recipes;

namespace SoftBoN.Kernels.Tests.Vectors;

/// <summary>Every committed vector on every backend, with tolerance zero.</summary>
[Trait("Suite", "Vectors")]
public sealed class CommittedVectorTests
{
    private const long MostBytes = 2_000_000;

    [Theory]
    [Backend("reference")]
    [Backend("simd")]
    [Backend("ilgpu-cpu")]
    [Backend("opencl")]
    [Backend("cuda")]
    public void A_backend_returns_the_expected_bits(string backend, string stem)
    {
        Tally tally = VectorSuite.Run(stem, VectorBackend.Named(backend));

        Assert.True(tally.Cases + tally.LeftOut > 100, $"{stem} has {tally.Cases} cases.");
        Assert.InRange(tally.Cases, VectorBackend.Named(backend).IsLimited ? 10 : 101, int.MaxValue);
        Assert.True(tally.Mismatches == 0, $"{tally.Mismatches} mismatches:\n{string.Join('\n', tally.First)}");
    }

    [Theory]
    [Backend("reference")]
    [Backend("simd")]
    public void Any_number_of_threads_returns_the_expected_bits(string backend, string stem)
    {
        foreach (int threads in new[] { 1, 2, 7 })
        {
            Tally tally = VectorSuite.Run(stem, VectorBackend.Named(backend) with { Threads = threads });

            Assert.True(
                tally.Mismatches == 0,
                $"{threads} threads: {tally.Mismatches} mismatches:\n{string.Join('\n', tally.First)}");
        }
    }

    [Fact]
    public void Every_backend_is_tested()
    {
        IEnumerable<string> tested = typeof(CommittedVectorTests)
            .GetMethod(nameof(A_backend_returns_the_expected_bits))!
            .GetCustomAttributesData()
            .Where(data => data.AttributeType == typeof(BackendAttribute))
            .Select(data => (string)data.ConstructorArguments[0].Value!);

        Assert.Equal(VectorBackend.All.Select(backend => backend.Name), tested);
    }

    [Fact]
    public void Committed_files_are_what_the_generator_writes()
    {
        Dictionary<string, string> written = VectorWriter.Make().ToDictionary(file => file.Name, file => file.Text);

        Assert.Equal(written.Keys.Order(StringComparer.Ordinal), VectorFiles.Names);
        foreach (string name in VectorFiles.Names)
        {
            bool isSame = VectorFiles.Read(name) == written[name];
            Assert.True(isSame, $"{name} differs; softbon verify --write tests/vectors.");
        }
    }

    [Fact]
    public void Committed_files_are_small() =>
        Assert.InRange(VectorFiles.Names.Sum(name => (long)VectorFiles.Read(name).Length), 1, MostBytes);
}
