namespace SoftBoN.CheckPtx.Tests;

/// <summary>Loops, widths of loads and resources are read rightly from what NVIDIA's tools print.</summary>
public sealed class SassTests
{
    private const string Listing = """
        	code for sm_90
        		Function : Other
                /*0000*/                   EXIT ;                      /* 0x000000000000794d */
        		Function : Kernel_Test
        	.headerflags	@"EF_CUDA_SM90"
                /*0000*/                   LDC R1, c[0x0][0x28] ;      /* 0x00000a00ff017b82 */
                                                                       /* 0x000e240000000800 */
                /*0010*/                   LDG.E R0, desc[UR6][R2.64] ;
                /*0020*/                   FADD R9, R0, R9 ;
                /*0030*/              @!P0 BRA 0x10 ;
                /*0040*/                   LDG.E.128.CONSTANT R4, desc[UR6][R2.64] ;
                /*0050*/                   LDG.E.128 R8, desc[UR6][R2.64+0x10] ;
                /*0060*/              @!P2 LDG.E.64 R8, desc[UR6][R2.64+0x10] ;
                /*0070*/                   LDS.U.128 R8, [R3] ;
                /*0080*/               @P1 BRA 0xa0 ;
                /*0090*/                   FADD R9, R0, R9 ;
                /*00a0*/               @P1 BRA.U 0x40 ;
                /*00b0*/                   ISETP.GE.AND P0, PT, R4, 0x8, PT ;
                /*00c0*/               @P0 BRA P2, 0x0 ;
                /*00d0*/                   EXIT ;
                /*00e0*/                   BRA 0xe0;
                /*00f0*/                   NOP;
        """;

    private const string Resources = """
        ptxas info    : 0 bytes gmem
        ptxas info    : Compiling entry function 'Kernel_Test' for 'sm_90'
        ptxas info    : Function properties for Kernel_Test
            16 bytes stack frame, 8 bytes spill stores, 12 bytes spill loads
        ptxas info    : Used 76 registers, 1024 bytes smem, 564 bytes cmem[0]
        ptxas info    : Function properties for Fma_642
            0 bytes stack frame, 0 bytes spill stores, 0 bytes spill loads
        """;

    [Fact]
    public void The_main_part_is_the_innermost_loop_that_loads_most()
    {
        SassListing code = SassListing.Parse(Listing, "Kernel_Test");
        Assert.Equal(14, code.Instructions.Count);
        Assert.Equal([0x10, 0x40], code.InnermostLoops.Select(loop => loop.Instructions[0].Address));
        Assert.Equal(0x40, code.MainPart.Instructions[0].Address);
        Assert.Equal(7, code.MainPart.Instructions.Count);
        Assert.Equal((128, 2), (code.MainPart.WidestLoadBits, code.MainPart.WidestLoads));
        Assert.Equal(40, code.MainPart.LoadedBytes);
        Assert.Equal(0.7, code.MainPart.SlotsPerFloat, 12);
    }

    [Fact]
    public void A_kernel_whose_loops_load_nothing_is_its_own_main_part()
    {
        SassLoop main = SassListing.Parse(Listing, "Other").MainPart;
        Assert.Equal((false, 1, 0), (main.IsLoop, main.Instructions.Count, main.LoadedBytes));
    }

    [Theory]
    [InlineData("LDG.E R0, desc[UR6][R2.64]", 32)]
    [InlineData("LDG.E.U8 R0, desc[UR6][R2.64]", 8)]
    [InlineData("@!P0 LDG.E.S16.CONSTANT R0, [R2.64]", 16)]
    [InlineData("@P3 LDG.E.64 R0, [R2.64+0x8]", 64)]
    [InlineData("LDG.E.LTC128B.128 R0, [R2.64+0x8]", 128)]
    [InlineData("LDS.128 R0, [R2]", 0)]
    [InlineData("STG.E.128 [R2.64], R4", 0)]
    public void The_width_of_a_load_is_read(string text, int bits) =>
        Assert.Equal(bits, new SassInstruction(0, text).GlobalLoadBits);

    [Fact]
    public void Resources_are_the_entry_points()
    {
        Assert.Equal(new(76, 16, 20, 1024), KernelResources.Parse(Resources, "Kernel_Test"));
        Assert.Throws<InvalidOperationException>(() => KernelResources.Parse("ptxas fatal: no", "Kernel_Test"));
    }

    [Fact]
    public void A_spill_a_stack_and_a_contraction_are_found()
    {
        SassListing code = SassListing.Parse(Listing, "Kernel_Test"), other = SassListing.Parse(Listing, "Other");
        var bad = new AssembledKernel(KernelResources.Parse(Resources, "Kernel_Test"), code);
        var good = new AssembledKernel(new(32, 0, 0, 0), code);
        Assert.Equal(3, bad.Check("kernel", "sm_90", good with { Code = other }).Count());
        Assert.Empty(good.Check("kernel", "sm_90", good));
    }

    [Fact]
    public void Another_order_of_instructions_is_another_code_and_no_contraction()
    {
        SassInstruction[] instructions =
            [new(0, "FMUL R1, R2, R3"), new(16, "@P0 FADD.FTZ R4, R1.reuse, R5"), new(32, "FLO.U32 R1, R2")];
        SassInstruction[] contracted = [new(0, "FFMA R4, R2, R3, R5"), instructions[2]];
        var written = new AssembledKernel(new(32, 0, 0, 0), new(instructions));
        var ordered = written with { Code = new([instructions[1], instructions[0], instructions[2]]) };
        Assert.Empty(written.Check("kernel", "sm_90", written));
        Finding order = Assert.Single(ordered.Check("kernel", "sm_90", written));
        Assert.StartsWith("the code is another one", order.Rule, StringComparison.Ordinal);
        Assert.StartsWith("@P0 FADD.FTZ R4, R1.reuse, R5; FMUL R1", order.Evidence, StringComparison.Ordinal);
        Finding finding = Assert.Single((written with { Code = new(contracted) }).Check("kernel", "sm_90", written));
        Assert.StartsWith("FADD.FTZ 0 times, 1 without contraction; FFMA 1", finding.Evidence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sm_80", 32, 256, 0, 64)]
    [InlineData("sm_90", 76, 256, 0, 24)]
    [InlineData("sm_80", 64, 256, 33 * 1024, 32)]
    [InlineData("sm_80", 32, 256, 40 * 1024, 32)]
    [InlineData("sm_90", 255, 1024, 0, 0)]
    public void Warps_that_fit_follow_the_programming_guide(
        string target, int registers, int threads, int shared, int warps)
    {
        Multiprocessor multiprocessor = Multiprocessor.Targets.Single(one => one.Name == target);
        Assert.Equal(warps, multiprocessor.WarpsOf(new(registers, 0, 0, shared), threads));
    }
}
