using System.Text;
using SoftBoN.Tool.Running;

namespace SoftBoN.Tool.Tests;

public class StatusTextTests
{
    [Theory]
    [InlineData(RowStatus.Ok, "ok")]
    [InlineData(RowStatus.BudgetNotBinding, "budget_not_binding")]
    [InlineData(RowStatus.BudgetOutOfReach, "budget_out_of_reach")]
    [InlineData(RowStatus.FewerCandidatesThanDraws, "fewer_candidates_than_draws")]
    [InlineData(RowStatus.Empty, "empty")]
    [InlineData(RowStatus.LambdaInvalid, "lambda_invalid")]
    [InlineData(RowStatus.TargetInvalid, "target_invalid")]
    [InlineData(RowStatus.RewardNaN, "reward_nan")]
    [InlineData(RowStatus.RewardPositiveInfinity, "reward_positive_infinity")]
    [InlineData(RowStatus.OffsetInvalid, "offset_invalid")]
    [InlineData(RowStatus.DuplicateElements, "duplicate_elements")]
    [InlineData(RowStatus.AllExcluded, "all_excluded")]
    [InlineData(RowStatus.NoVotes, "no_votes")]
    public void Statuses_are_spelled_in_snake_case(RowStatus status, string text)
    {
        Assert.Equal(text, status.Text);
        Assert.Equal($"\"{text}\"", Encoding.UTF8.GetString(status.JsonText));
    }

    [Fact]
    public void Every_status_is_in_the_documentation()
    {
        string docs = File.ReadAllText(Repository.File("docs/command-line.md"));
        Assert.All(Enum.GetValues<RowStatus>(), status =>
            Assert.Contains($"`{status.Text}`", docs, StringComparison.Ordinal));
    }
}
