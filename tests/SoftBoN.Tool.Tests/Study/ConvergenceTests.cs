namespace SoftBoN.Tool.Tests.Study;

/// <summary>Bounds at every computed point, and known constants.</summary>
public sealed class ConvergenceTests(ConvergenceTests.DefaultRun run) : IClassFixture<ConvergenceTests.DefaultRun>
{
    /// <summary>Distance, and what it may not exceed.</summary>
    public static TheoryData<string, string> Bounded => new()
    {
        { "kl", "kl_bound" },
        { "kl_bound", "kl_range_bound" },
        { "kl_race", "kl" },
        { "max_divergence", "max_divergence_bound" },
        { "tv", "tv_bound" },
        { "gap", "gap_bound" },
        { "gap_bound", "gap_peak_bound" },
        { "gap_peak_bound", "gap_range_bound" },
    };

    [Theory]
    [MemberData(nameof(Bounded))]
    public void Bounds_hold_at_every_point(string distance, string bound)
    {
        Assert.Equal(39, run.Points.Count);
        Assert.All(run.Points, row => Assert.True(
            row[distance] <= row[bound] * (1 + 1e-12), $"n {row["n"]}: {row[distance]} {row[bound]}"));
        Assert.All(run.Points, row => Assert.True(row[distance] >= 0));
    }

    /// <summary>40-digit arithmetic on P = (.5, .3, .2), r = (0, .5, 1).</summary>
    [Theory]
    [InlineData(1, .10842971, .18986257, .20733133)]
    [InlineData(0.5, .47354022, .36181595, .47487751)]
    [InlineData(0.25, 1.0075554, .34213408, .56606809)]
    public void First_order_constants_are_the_known_ones(double lambda, double kl, double gap, double tv)
    {
        StudyFolder.Row row = run.Folder.Table("constants").Single(one => one["lambda"] == lambda);
        Assert.Equal(kl, row["kl_constant"], 6e-8);
        Assert.Equal(gap, row["gap_constant"], 6e-8);
        Assert.Equal(tv, row["tv_constant"], 6e-8);
    }

    [Theory]
    [InlineData("kl", "kl_first_order")]
    [InlineData("tv", "tv_first_order")]
    [InlineData("gap", "gap_first_order")]
    public void Distances_tend_to_their_first_order_terms(string distance, string firstOrder) => Assert.All(
        run.Points.Where(row => row["n"] == 4096), row => Assert.Equal(1, row[distance] / row[firstOrder], 2e-3));

    /// <summary>0.2163 at n = 1000, 0.2162 in the limit.</summary>
    [Fact]
    public void The_moving_instance_keeps_the_order_of_the_bound()
    {
        IReadOnlyList<StudyFolder.Row> moving = run.Folder.Table("minimax");
        Assert.All(moving.Where(row => row["n"] >= 1024), row => Assert.Equal(0.2163, row["scaled_kl"], 4e-4));
        Assert.All(moving, row => Assert.True(row["kl"] <= row["kl_bound"]));
        Assert.Equal(3, moving.Count(row => row["n"] == 4096));
    }

    /// <summary>One run for all tests.</summary>
    public sealed class DefaultRun : IDisposable
    {
        public DefaultRun()
        {
            Folder.Run("convergence");
            Points = Folder.Table("convergence");
        }

        internal StudyFolder Folder { get; } = new();

        internal IReadOnlyList<StudyFolder.Row> Points { get; }

        public void Dispose() => Folder.Dispose();
    }
}
