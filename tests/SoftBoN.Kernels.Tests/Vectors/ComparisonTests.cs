using SoftBoN.Kernels.Vectors;
using SoftBoN.Kernels.Vectors.Data;
using SoftBoN.Kernels.Vectors.Files;
using SoftBoN.Kernels.Vectors.Numerics;
using SoftBoN.Kernels.Vectors.Operations;
using SoftBoN.Kernels.Vectors.Randomized;

namespace SoftBoN.Kernels.Tests.Vectors;

/// <summary>
/// What compares bits has to notice one wrong bit, and inputs have to be what their description says.
/// </summary>
[Trait("Suite", "Vectors")]
public sealed class ComparisonTests
{
    [Fact]
    public void One_wrong_bit_is_a_mismatch_of_its_line_and_of_the_bulk()
    {
        NumericForm right = ScalarForms.All["exp"][0];
        NumericForm wrong = inputs =>
        {
            string?[] outputs = right(inputs);
            outputs[3] = HexColumns.Word(SpecText.ToWord(outputs[3]!) ^ 1);
            return outputs;
        };
        var forms = new Dictionary<string, NumericForm[]>(ScalarForms.All) { ["exp"] = [wrong] };
        VectorBackend broken = VectorBackend.Reference with { Name = "broken", Forms = forms };

        Tally tally = VectorSuite.Run(VectorFiles.NumericsStem, broken);
        Tally whole = VectorSuite.Run(VectorFiles.NumericsStem, VectorBackend.Reference);

        Assert.Equal([("exp", "line 4"), ("exp", "bulk")], tally.First.Select(found => (found.Case, found.Output)));
        Assert.Equal(2, tally.Mismatches);
        Assert.NotEqual(whole.Hash, tally.Hash);
    }

    [Theory]
    [InlineData("soft-weights")]
    [InlineData("selection")]
    [InlineData("weighted-majority")]
    [InlineData("token-tilt")]
    [InlineData("reward-scoring")]
    public void Backends_agree_on_random_rows(string stem)
    {
        const int Rows = 2000;
        IReadOnlyList<Tally> tallies =
            RandomSuite.Run(
                Operation.Named(stem),
                [.. VectorBackend.Available.Where(backend => !backend.IsLimited)],
                Rows,
                seed: 3);

        Assert.All(tallies, tally => Assert.True(tally.Mismatches == 0, string.Join('\n', tally.First)));
        Assert.All(tallies, tally => Assert.Equal((Rows, tallies[0].Hash), (tally.Cases, tally.Hash)));
        Assert.NotEqual(
            tallies[0].Hash,
            RandomSuite.Run(Operation.Named(stem), [VectorBackend.Reference], Rows, seed: 4)[0].Hash);
    }

    [Theory]
    [InlineData("soft-weights")]
    [InlineData("selection")]
    [InlineData("weighted-majority")]
    public void Slow_backends_agree_on_a_few_random_rows(string stem)
    {
        foreach (VectorBackend slow in VectorBackend.Available.Where(backend => backend.IsLimited))
        {
            IReadOnlyList<Tally> tallies =
                RandomSuite.Run(Operation.Named(stem), [VectorBackend.Reference, slow], slow.MostRandomRows, seed: 3);

            Assert.True(tallies[1].Mismatches == 0, string.Join('\n', tallies[1].First));
            Assert.Equal(tallies[0].Hash, tallies[1].Hash);
        }
    }

    [Fact]
    public void Random_rows_reach_every_status()
    {
        var seen = new HashSet<RowStatus>();
        using SoftBonEngine engine = VectorBackend.Reference.CreateEngine();
        foreach (Operation operation in Operation.All)
        {
            for (int number = 0; number < 12; number++)
            {
                VectorBatch batch = RandomBatch.Make(operation, 5, number, RandomSuite.RowsPerBatch).VectorBatch;
                OutputBuffers outputs = operation.Run(engine, batch, operation.AllOutputs, default);
                seen.UnionWith(outputs.Status.ToArray());
            }
        }

        Assert.Equal(Enum.GetValues<RowStatus>(), seen.Order());
    }

    [Fact]
    public void The_hash_is_the_published_one()
    {
        Assert.Equal(0xcbf29ce484222325, Fnv1a.Of([]));
        Assert.Equal(0xdd120e790c2512af, Fnv1a.Of([0x626f6f66]));
    }

    [Fact]
    public void Generated_floats_are_as_described()
    {
        Assert.Equal(-8f, FloatsFromWords.Grid(0));
        Assert.Equal(8f - (1f / 1048576f), FloatsFromWords.Grid(0xffffffff));
        Assert.Equal(1f, FloatsFromWords.Spread(0, 127, 130));
        Assert.Equal(-8f, FloatsFromWords.Spread(0xff800000, 127, 130));
        Assert.Equal(2f, FloatsFromWords.Step(7, 5));
        Assert.Equal([3f, float.NegativeInfinity, 0.5f], Inputs.Floats("values 3 7 0x3f000000 @1=-inf"));
        Assert.Equal(2, Inputs.Floats("grid seed=1 count=2 mask=1").Count(float.IsNegativeInfinity));
    }

    [Fact]
    public void Lines_differ_where_bits_do()
    {
        uint[] bits = [.. Enumerable.Range(0, 40).Select(i => (uint)i)];
        string line = BitLine.Format(bits, isInteger: false);
        bits[39] ^= 0x80000000;

        Assert.Equal("00000000 00000001 00000002 00000003 +36 #", line[..^16]);
        Assert.NotEqual(line, BitLine.Format(bits, isInteger: false));
        Assert.Equal("-1 5", BitLine.Format([0xffffffff, 5], isInteger: true));
    }
}
