using System.Buffers;
using System.Runtime.InteropServices;
using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels;

/// <content>
/// Plans: one operation after the other. Prompts that are listed in memory which nobody looked at need not follow each other, as
/// the blocks of a plan do that goes through all steps at once.
/// </content>
internal sealed unsafe partial class HostQueue
{
    /// <summary>Rewards between steps: a plane per member; grows to the largest plan.</summary>
    private DeviceBuffer<float>? planes;

    public override void Run(in RewardPlanRequest request, ref BufferHolds holds)
    {
        int members = request.Plan.Source.Members;
        long candidates = request.Prompts.Candidates;
        bool isPlane = members == 1 && !request.Outputs.Reward.IsEmpty;
        DeviceSpan<float> rewards = isPlane
            ? request.Outputs.Reward.Slice(0, candidates)
            : Planes(candidates * members).Slice(0, candidates * members);
        Produce(in request, rewards);
        RunSteps(in request, At(rewards));
        rewards = rewards.Slice(0, candidates);
        if (!isPlane && !request.Outputs.Reward.IsEmpty)
        {
            new ReadOnlySpan<float>(At(rewards), checked((int)candidates))
                .CopyTo(new Span<float>(At(request.Outputs.Reward), (int)candidates));
        }

        if (request.WantsWeights)
        {
            Run(
                new SoftWeightsRequest(rewards, request.Prompts, request.Selection.Lambda, request.Outputs.Weights),
                ref holds);
        }

        if (request.WantsSelection)
        {
            Run(
                new SelectionRequest(rewards, request.Prompts, request.Selection, request.Outputs.Selection),
                ref holds);
        }
    }

    /// <summary>Memory that is never empty, so that a plan without candidates has a place too.</summary>
    private DeviceBuffer<float> Planes(long count)
    {
        if (planes == null || planes.Length < count)
        {
            planes?.Dispose();
            planes = null;
            long length = Math.Max(1, count);
            planes = new DeviceBuffer<float>(core.Allocate(length * sizeof(float)), length);
        }

        return planes;
    }

    private void Produce(in RewardPlanRequest request, DeviceSpan<float> rewards)
    {
        long candidates = request.Prompts.Candidates;
        RowStatus* status = At(request.Outputs.Status);
        switch (request.Plan.Source.Kind)
        {
            case RewardSourceKind.Head:
                ScoreForPlan(in request, rewards);
                break;
            case RewardSourceKind.Tokens:
                Pool(in request, rewards);
                break;
            default:
                NativeMemory.Copy(
                    At(request.Inputs.Rewards), At(rewards), (nuint)(rewards.Length * sizeof(float)));
                if (status != null)
                {
                    NativeMemory.Clear(status, (nuint)candidates);
                }

                break;
        }
    }

    private void ScoreForPlan(in RewardPlanRequest request, DeviceSpan<float> rewards)
    {
        int members = request.Plan.Source.Members;
        int candidates = (int)request.Prompts.Candidates;
        DeviceBuffer<float>? own = members > 1 && request.Outputs.Scores.IsEmpty && candidates > 0
            ? new DeviceBuffer<float>(core.Allocate(rewards.Length * sizeof(float)), rewards.Length)
            : null;
        try
        {
            DeviceSpan<float> scores = own == null ? request.Outputs.Scores : own;
            var scored = new DeviceRewardScoringOutputs
            {
                Scores = scores,
                Reward = members == 1 ? rewards : default,
                Status = request.Outputs.Status,
            };
            var options = new DeviceRewardScoringOptions
            {
                RowMap = request.Inputs.RowMap,
                Mixture = request.Mixture,
                Gating = request.Inputs.Gating,
            };
            BufferHolds none = default;
            Run(new RewardScoringRequest(request.Inputs.Hidden, request.Head, options, scored, candidates), ref none);
            for (long i = 0; members > 1 && i < candidates; i++)
            {
                for (int member = 0; member < members; member++)
                {
                    At(rewards)[(member * (long)candidates) + i] = At(scores)[(i * members) + member];
                }
            }
        }
        finally
        {
            own?.Dispose();
        }
    }

    private void Pool(in RewardPlanRequest request, DeviceSpan<float> rewards)
    {
        DeviceRows rows = request.Inputs.TokenRows;
        RewardPoolingArgs args = request.Plan.Source.TokenArgs(rows.LongestRow, out float[] discounts);
        using var listed = new ListedRows(request.Inputs.Rewards, rows);
        fixed (long* starts = listed.Starts, packedStarts = listed.PackedStarts)
        fixed (int* lengths = listed.Lengths)
        {
            args.Rows = listed.Source(starts, lengths, packedStarts);
            args.Reward = At(rewards);
            args.Status = At(request.Outputs.Status);
            core.Run(in args, SizeOf(rows), CancellationToken.None);
        }

        GC.KeepAlive(discounts);
    }

    private void RunSteps(in RewardPlanRequest request, float* rewards)
    {
        using var listed = new ListedRows(request.Prompts.Candidates, request.Prompts);
        RowStatus[] statuses = ArrayPool<RowStatus>.Shared.Rent(
            checked((int)Math.Max(request.Prompts.Candidates, request.Prompts.Count)));
        try
        {
            fixed (long* starts = listed.Starts)
            fixed (int* lengths = listed.Lengths)
            fixed (RowStatus* status = statuses)
            {
                int members = request.Plan.Source.Members;
                foreach (RewardStep step in request.Plan.Steps)
                {
                    // Candidates are where their prompts start, in what goes in and in what comes out.
                    RowSource prompts = listed.Source(starts, lengths, starts);
                    Apply(in request, in step, prompts, rewards, members, status);
                    members = step.Kind == RewardStepKind.Calibrate ? members : 1;
                }
            }
        }
        finally
        {
            ArrayPool<RowStatus>.Shared.Return(statuses);
        }

        GC.KeepAlive(request.Plan);
    }

    private void Apply(
        in RewardPlanRequest request,
        in RewardStep step,
        RowSource prompts,
        float* rewards,
        int members,
        RowStatus* status)
    {
        long candidates = request.Prompts.Candidates;
        var size = new CallSize(candidates, candidates);
        RowStatus* kept = At(request.Outputs.Status);
        switch (step.Kind)
        {
            case RewardStepKind.Calibrate:
                for (int member = 0; member < members; member++)
                {
                    RewardCalibrationArgs calibration = step.Calibration;
                    calibration.Rows = prompts;
                    calibration.Rows.Values = rewards + (member * candidates);
                    calibration.Reward = calibration.Rows.Values;
                    calibration.Status = status;
                    core.Run(in calibration, size, CancellationToken.None);
                    KeepOfPrompts(prompts, status, kept);
                }

                return;
            case RewardStepKind.Ensemble:
                RewardPoolingArgs ensemble = step.Ensemble;
                ensemble.Rows = new RowSource
                {
                    Layout = RowLayout.Strided,
                    Values = rewards,
                    Count = candidates,
                    Columns = members,
                    RowStride = 1,
                    ColumnStride = candidates,
                };
                ensemble.Reward = rewards;
                ensemble.Status = status;
                core.Run(in ensemble, size, CancellationToken.None);
                break;
            default:
                var penalty = new RewardPenaltyArgs
                {
                    Rewards = rewards,
                    LogProbability = step.Beta == 0f ? null : At(request.Inputs.LogProbability),
                    ReferenceLogProbability = At(request.Inputs.ReferenceLogProbability),
                    Length = step.Gamma == 0f ? null : At(request.Inputs.Length),
                    Beta = step.Beta,
                    Gamma = step.Gamma,
                    Reward = rewards,
                    Status = status,
                };
                core.Run(in penalty, candidates, CancellationToken.None);
                break;
        }

        for (long i = 0; kept != null && i < candidates; i++)
        {
            kept[i] = kept[i] == RowStatus.Ok ? status[i] : kept[i];
        }
    }

    /// <summary>A step that had no rewards for a prompt had none for any of its candidates.</summary>
    private static void KeepOfPrompts(RowSource prompts, RowStatus* status, RowStatus* kept)
    {
        for (long prompt = 0; kept != null && prompt < prompts.Count; prompt++)
        {
            RowView view = prompts[prompt];
            for (int i = 0; i < view.Length; i++)
            {
                RowStatus* one = kept + view.Packed + i;
                *one = *one == RowStatus.Ok ? status[prompt] : *one;
            }
        }
    }
}
