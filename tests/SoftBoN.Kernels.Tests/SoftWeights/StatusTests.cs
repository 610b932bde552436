using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Tests.SoftWeights;

/// <summary>A row in trouble says so, has no result, and its neighbours never notice.</summary>
public sealed class StatusTests
{
    private const float Excluded = float.NegativeInfinity;

    private static readonly (float[] Row, float Lambda, RowStatus Status)[] Cases =
    [
        ([1, 2], 1, RowStatus.Ok),
        ([], 1, RowStatus.Empty),
        ([], float.NaN, RowStatus.Empty),
        ([1, 2], float.NaN, RowStatus.LambdaInvalid),
        ([1, 2], -1, RowStatus.LambdaInvalid),
        ([1, 2], -1e-45f, RowStatus.LambdaInvalid),
        ([float.NaN, 2], -1, RowStatus.LambdaInvalid),
        ([1, float.NaN], 1, RowStatus.RewardNaN),
        ([float.PositiveInfinity, float.NaN], 1, RowStatus.RewardNaN),
        ([float.NaN, Excluded], float.PositiveInfinity, RowStatus.RewardNaN),
        ([1, float.PositiveInfinity], 0, RowStatus.RewardPositiveInfinity),
        ([Excluded, float.PositiveInfinity], 1, RowStatus.RewardPositiveInfinity),
        ([Excluded, Excluded], 1, RowStatus.AllExcluded),
        ([3e38f, -3e38f, Excluded], 1, RowStatus.Ok),
        ([Excluded, 0], 1, RowStatus.Ok),
    ];

    public static TheoryData<string> EngineNames => [.. new[] { "reference", "simd" }];

    [Theory]
    [MemberData(nameof(EngineNames))]
    public void Each_row_has_its_own_status(string name)
    {
        Batch batch = Batch.Of([.. Cases.Select(c => c.Row)]);
        WeightsResult result = WeightsResult.Of(
            EngineOf(name), batch, Temperature.PerRow([.. Cases.Select(c => c.Lambda)]));
        int[] starts = batch.PackedStarts();

        Assert.Equal(Cases.Select(c => c.Status), result.Status);
        for (int row = 0; row < Cases.Length; row++)
        {
            bool none = Cases[row].Status >= RowStatus.Empty;
            Assert.All(
                Floats(result.ForRow(batch, row, starts[row])),
                value => Assert.True(none ? IsNoResult(value) : !float.IsNaN(value), $"row {row}: {value}"));
        }
    }

    [Theory]
    [MemberData(nameof(EngineNames))]
    public void A_target_out_of_range_is_its_rows_status(string name)
    {
        float[][] rows = [[1, 2], [1, 2], [1, 2], [1, 2], []];
        RowStatus[] kl = WeightsResult.Of(
            EngineOf(name),
            Batch.Of(rows),
            new Temperature(LambdaKind.TargetKl, true, -1e-9f, float.NaN, 0, 0.1f, -1)).Status;
        RowStatus[] size = WeightsResult.Of(
            EngineOf(name),
            Batch.Of(rows),
            new Temperature(LambdaKind.TargetEss, true, 0.99999f, float.NaN, 1, 1.5f, -1)).Status;

        Assert.Equal(
            [RowStatus.TargetInvalid, RowStatus.TargetInvalid, RowStatus.Ok, RowStatus.Ok, RowStatus.Empty], kl);
        Assert.Equal(
            [
                RowStatus.TargetInvalid, RowStatus.TargetInvalid, RowStatus.BudgetNotBinding, RowStatus.Ok,
                RowStatus.Empty,
            ],
            size);
    }

    [Fact]
    public void A_negative_lambda_is_allowed_by_name_per_row()
    {
        RowStatus[] status = WeightsResult.Of(
            Engines.Simd,
            Batch.Of([1, 2], [1, 2], [1, float.PositiveInfinity], [Excluded, 2]),
            new Temperature(LambdaKind.GivenSigned, true, -1, float.NaN, -1, -1)).Status;

        Assert.Equal(
            [RowStatus.Ok, RowStatus.LambdaInvalid, RowStatus.RewardPositiveInfinity, RowStatus.Ok], status);
    }

    [Fact]
    public void Neighbours_in_trouble_change_nothing()
    {
        var random = new RandomRewards(51);
        float[] row = random.Row(77);
        WeightsResult alone = WeightsResult.Of(Engines.Simd, Batch.Of(row), Temperature.Given(0.5f));
        foreach (Mood mood in RandomRewards.Moods)
        {
            Batch batch = Batch.Of(random.Row(90, mood), row, random.Row(3, mood));
            WeightsResult result = WeightsResult.Of(Engines.Simd, batch, Temperature.Given(0.5f));
            WeightsResult.AssertSame(alone, result.ForRow(batch, 1), $"beside {mood}");
        }
    }

    private static SoftBonEngine EngineOf(string name) => name == "simd" ? Engines.Simd : Engines.Reference;

    private static bool IsNoResult(float value) => BitConverter.SingleToUInt32Bits(value) == 0x7fc00000;

    private static float[] Floats(WeightsResult row) =>
    [
        .. row.Weights, .. row.LogWeights, .. row.LogMeanExp, .. row.EffectiveSampleSize, .. row.Entropy,
        .. row.KlToUniform, .. row.ExpectedReward, .. row.ChiSquare, .. row.KlFromTiltBound, .. row.KlFromModelBound,
        .. row.Lambda,
    ];
}
