using ILGPU;
using ILGPU.Runtime;

namespace SoftBoN.Kernels.Ops;

/// <content>Plans: the operations one after the other, their rewards in the call's own memory.</content>
internal sealed partial class DevicePrograms
{
    /// <inheritdoc cref="WorkspaceBytes(in SoftWeightsDeviceArgs)"/>
    public long WorkspaceBytes(in RewardPlanDeviceArgs args)
    {
        Workspace workspace = default;
        PlanMemory memory = TakePlan(in args, ref workspace);
        var run = default(PlanRun);
        RunPieces(in args, in memory, ref run);
        return workspace.Bytes + run.MostBytes;
    }

    /// <summary>Queues a plan, from features to picks.</summary>
    /// <param name="stream">The queue.</param>
    /// <param name="args">Checked arguments.</param>
    /// <param name="workspace">As many bytes as <see cref="WorkspaceBytes(in RewardPlanDeviceArgs)"/> says.</param>
    public void RunPlan(AcceleratorStream stream, in RewardPlanDeviceArgs args, ArrayView<byte> workspace)
    {
        var parts = new Workspace(workspace);
        PlanMemory memory = TakePlan(in args, ref parts);
        var run = new PlanRun
        {
            Stream = stream,
            Workspace = workspace.Length > parts.Bytes
                ? workspace.SubView(parts.Bytes, workspace.Length - parts.Bytes)
                : default,
        };
        RunPieces(in args, in memory, ref run);
    }

    private PlanMemory TakePlan(in RewardPlanDeviceArgs args, ref Workspace workspace)
    {
        bool isWide = args.Members > MemberRow.MostMembers;
        bool hasPlanes = args.Members > 1 && (!isWide || args.Steps.Ensemble > 0);
        PlanMemory memory = default;
        memory.Rewards = args.IsUnchanged ? args.Given : args.Reward;
        if (memory.Rewards.Length == 0)
        {
            memory.Rewards = Present(workspace.Take<float>(args.Candidates));
        }

        memory.Scores = args.Head.Scores;
        if (args.Members > 1 && args.Head.Heads > 0 && memory.Scores.Length == 0)
        {
            memory.Scores = Present(workspace.Take<float>(args.Candidates * args.Head.Heads));
        }

        memory.Planes = hasPlanes ? Present(workspace.Take<float>(args.Candidates * args.Members)) : default;
        return memory;
    }

    private void RunPieces(in RewardPlanDeviceArgs args, in PlanMemory memory, ref PlanRun run)
    {
        Produce(in args, in memory, ref run);
        if (args.Members > MemberRow.MostMembers)
        {
            RunWideEnsemble(in args, in memory, ref run);
        }
        else if (args.Steps.Steps > 0 || (args.Given.Length > 0 && !args.IsUnchanged))
        {
            Add(ref run, StepsOf(in args, in memory, 0, args.Steps.Steps, args.Members));
        }

        if (args.WantsWeights)
        {
            SoftWeightsDeviceArgs weights = args.Weights;
            weights.Rows = args.Prompts;
            weights.Rows.Values = memory.Rewards;
            Add(ref run, in weights);
        }

        if (args.WantsSelection)
        {
            SelectionDeviceArgs selection = args.Selection;
            selection.Rows = args.Prompts;
            selection.Rows.Values = memory.Rewards;
            Add(ref run, in selection);
        }
    }

    private void Produce(in RewardPlanDeviceArgs args, in PlanMemory memory, ref PlanRun run)
    {
        if (args.Head.Heads > 0)
        {
            RewardScoringDeviceArgs head = args.Head;
            head.Scores = memory.Scores;
            head.Reward = args.Members == 1 ? memory.Rewards : default;
            head.Status = args.Status;
            Add(ref run, in head);
        }
        else if (args.Given.Length == 0)
        {
            RewardPoolingDeviceArgs tokens = args.Tokens;
            tokens.Reward = memory.Rewards;
            tokens.Status = args.Status;
            Add(ref run, in tokens);
        }
    }

    /// <summary>An ensemble of more members than a thread has registers for: a team a candidate.</summary>
    private void RunWideEnsemble(in RewardPlanDeviceArgs args, in PlanMemory memory, ref PlanRun run)
    {
        int at = args.Steps.Ensemble;
        if (at > 0)
        {
            Add(ref run, StepsOf(in args, in memory, 0, at, args.Members));
        }

        bool isHead = args.Head.Heads > 0;
        bool isScores = isHead && at == 0;
        Add(ref run, new RewardPoolingDeviceArgs
        {
            Rows = new DeviceRows
            {
                Layout = RowLayout.Strided,
                Values = at > 0 ? memory.Planes : isHead ? memory.Scores : args.Given,
                Count = args.Candidates,
                Columns = args.Members,
                RowStride = isScores ? args.Members : 1,
                ColumnStride = isScores ? 1 : args.Candidates,
                Packed = args.Candidates * args.Members,
                LongestRow = args.Members,
            },
            Kind = args.Steps.Kind,
            VarianceWeight = args.Steps.VarianceWeight,
            Powers = args.Steps.PowerCount == 0
                ? default
                : args.Program.SubView(args.Steps.FirstPower, args.Steps.PowerCount).Cast<float>(),
            Reward = memory.Rewards,
            Status = args.Status,
            KeepsStatus = isHead || at > 0,
        });
        if (at + 1 < args.Steps.Steps)
        {
            Add(ref run, StepsOf(in args, in memory, at + 1, args.Steps.Steps, members: 1));
        }
    }

    private static RewardStepsDeviceArgs StepsOf(
        in RewardPlanDeviceArgs args, in PlanMemory memory, int first, int end, int members)
    {
        bool isGiven = args.Given.Length > 0 && first == 0;
        bool isInPlace = members == 1 && !isGiven;
        int candidateStride = isInPlace || isGiven ? 1 : members;
        DeviceRows rows = args.Prompts;
        rows.Values = isInPlace ? memory.Rewards : isGiven ? args.Given : memory.Scores;
        (rows.RowStride, rows.ColumnStride) = (rows.RowStride * candidateStride, candidateStride);
        return new RewardStepsDeviceArgs
        {
            Rows = rows,
            Members = members,
            MemberStride = isGiven ? args.Candidates : 1,
            CandidateStride = candidateStride,
            Program = args.Program,
            FirstStep = first,
            EndStep = end,
            Penalty = args.Penalty,
            Ranks = args.Steps.Ranks,
            PlaceIsStart = true,
            Candidates = args.Candidates,
            Planes = members > 1 ? memory.Planes : default,
            IsInPlace = isInPlace,
            Reward = memory.Rewards,
            Status = args.Status,
            KeepsStatus = !isGiven,
        };
    }

    private void Add<TArgs>(ref PlanRun run, in TArgs args)
        where TArgs : struct, IDeviceArgs
    {
        if (run.Stream == null)
        {
            run.Needs(args.WorkspaceBytes(this));
            return;
        }

        args.Queue(this, run.Stream, run.Workspace);
    }

    /// <summary>What lies between a plan's operations.</summary>
    private struct PlanMemory
    {
        public ArrayView<float> Rewards;
        public ArrayView<float> Scores;
        public ArrayView<float> Planes;
    }

    /// <summary>A plan's operations being queued, or, without a stream, only measured; they use the same memory.</summary>
    private struct PlanRun
    {
        public AcceleratorStream? Stream;
        public ArrayView<byte> Workspace;

        public long MostBytes { get; private set; }

        public void Needs(long bytes) => MostBytes = Math.Max(MostBytes, bytes);
    }
}
