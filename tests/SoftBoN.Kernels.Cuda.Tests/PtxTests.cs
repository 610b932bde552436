using SoftBoN.CheckPtx;
using SoftBoN.Kernels.Cuda.Launching;

namespace SoftBoN.Kernels.Cuda.Tests;

/// <summary>The PTX that the assembly carries is what today's kernels give.</summary>
public sealed class PtxTests
{
    [Fact]
    public void All_kernels_of_cuda_are_there() =>
        Assert.Equal(PtxPack.Kernels.Select(kernel => kernel.Name), PtxTexts.Names);

    /// <summary>One kernel of each operation; the build makes all of them at once, so that they are of one age.</summary>
    [Theory]
    [InlineData("Budget.Warp.Shuffle")]
    [InlineData("Weights.Group.Shuffle")]
    [InlineData("Picks.Eight.Shuffle")]
    [InlineData("RewardMix.Warp.Shuffle")]
    [InlineData("RewardPool.Sixteen.Shuffle")]
    [InlineData("RewardSteps.Eight.Shuffle")]
    [InlineData("RewardPenalty")]
    [InlineData("TokenRanks.Warp.Shuffle")]
    public void What_is_there_is_what_the_kernels_give_today(string name)
    {
        var kernel = PtxPack.Kernels.Single(one => one.Name == name);
        string carried = System.Text.Encoding.ASCII.GetString(PtxTexts.Of(name).Text).TrimEnd('\0');
        Assert.True(
            PtxPack.TextOf(kernel) == carried,
            $"{name} is stale; build src/SoftBoN.Kernels.Cuda anew (artifacts/ptx is what it carries).");
    }

    [AssemblerFact]
    public void NVIDIAs_assembler_takes_what_is_carried()
    {
        CudaTools tools = CudaTools.Find()!;
        foreach (string name in new[] { "Weights.Warp.Shuffle", "Picks.Group.Shuffle" })
        {
            string text = System.Text.Encoding.ASCII.GetString(PtxTexts.Of(name).Text).TrimEnd('\0');
            string file = Path.Combine(AppContext.BaseDirectory, name);
            Assert.NotNull(tools.Assemble(text, "sm_90", contract: true, file));
        }
    }

    [Fact]
    public void The_assembly_has_no_ilgpu()
    {
        IEnumerable<string?> references =
            typeof(SoftBonCuda).Assembly.GetReferencedAssemblies().Select(reference => reference.Name);
        Assert.DoesNotContain(
            references, name => name!.StartsWith("ILGPU", StringComparison.Ordinal) || name.StartsWith("SoftBoN", StringComparison.Ordinal));
    }
}
