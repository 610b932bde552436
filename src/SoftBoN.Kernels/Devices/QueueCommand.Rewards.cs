using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Devices;

/// <content>Reward heads and plans.</content>
internal sealed partial class QueueCommand
{
    public void Set(in RewardScoringRequest request)
    {
        launch = launches.Rewards;
        launches.Rewards.Args = new RewardScoringDeviceArgs
        {
            Rows = request.Rows,
            Dimension = request.Hidden.Columns,
            Hidden = TokensOf(request.Hidden),
            RowMap = DeviceMemory.View(request.Options.RowMap),
            Weights = TokensOf(request.Head.Weights),
            Heads = request.Head.Weights.Rows,
            Bias = DeviceMemory.View(request.Head.Bias),
            Mixture = DeviceMemory.View(request.Options.Mixture),
            Gating = DeviceMemory.View(request.Options.Gating),
            Scores = DeviceMemory.View(request.Outputs.Scores),
            Reward = DeviceMemory.View(request.Outputs.Reward),
            Status = DeviceMemory.View(request.Outputs.Status).Cast<byte>(),
        };
    }

    public void Set(in RewardPlanRequest request)
    {
        DeviceRewardPlanInputs inputs = request.Inputs;
        var args = new RewardPlanDeviceArgs
        {
            Members = request.Plan.Source.Members,
            Steps = RewardProgramShape.Of(request.Plan.Steps),
            Program = DeviceMemory.View(request.Program),
            Penalty = new KernelPenalty
            {
                LogProbability = DeviceMemory.View(inputs.LogProbability),
                ReferenceLogProbability = DeviceMemory.View(inputs.ReferenceLogProbability),
                Length = DeviceMemory.View(inputs.Length),
            },
            Prompts = RowsOf(default, request.Prompts),
            Candidates = request.Prompts.Candidates,
            WantsWeights = request.WantsWeights,
            WantsSelection = request.WantsSelection,
            Reward = DeviceMemory.View(request.Outputs.Reward),
            Status = DeviceMemory.View(request.Outputs.Status).Cast<byte>(),
        };
        switch (request.Plan.Source.Kind)
        {
            case RewardSourceKind.Head:
                SetHead(in request, ref args);
                break;
            case RewardSourceKind.Tokens:
                SetTokens(in request, ref args);
                break;
            default:
                args.Given = DeviceMemory.View(inputs.Rewards);
                break;
        }

        if (args.WantsWeights)
        {
            Set(new SoftWeightsRequest(default, request.Prompts, request.Selection.Lambda, request.Outputs.Weights));
            args.Weights = launches.SoftWeights.Args;
            launches.SoftWeights.Clear();
        }

        if (args.WantsSelection)
        {
            Set(new SelectionRequest(default, request.Prompts, request.Selection, request.Outputs.Selection));
            args.Selection = launches.Selection.Args;
            launches.Selection.Clear();
        }

        launches.Plan.Args = args;
        launch = launches.Plan;
    }

    private void SetHead(in RewardPlanRequest request, ref RewardPlanDeviceArgs args)
    {
        Set(new RewardScoringRequest(
            request.Inputs.Hidden,
            request.Head,
            new()
            {
                RowMap = request.Inputs.RowMap,
                Mixture = request.Mixture,
                Gating = request.Inputs.Gating,
            },
            new() { Scores = request.Outputs.Scores },
            (int)request.Prompts.Candidates));
        args.Head = launches.Rewards.Args;
        launches.Rewards.Clear();
    }

    private void SetTokens(in RewardPlanRequest request, ref RewardPlanDeviceArgs args)
    {
        DeviceRows rows = request.Inputs.TokenRows;
        RewardPoolingArgs pooling = request.Plan.Source.TokenArgs(0, out _);
        args.Tokens = new RewardPoolingDeviceArgs
        {
            Rows = RowsOf(request.Inputs.Rewards, rows),
            Kind = pooling.Kind,
            VarianceWeight = pooling.VarianceWeight,
            Powers = DeviceMemory.View(request.Powers),
        };
        listedTokens = ListedOf(request.Inputs.Rewards.Length, rows);
    }
}
