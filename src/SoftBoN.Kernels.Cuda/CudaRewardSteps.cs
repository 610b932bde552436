using ILGPU;
using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Cuda;

/// <summary>
/// Steps in device memory, made once by <see cref="SoftBonCuda.Prepare(int, ReadOnlySpan{CudaRewardStep})"/> for any number of
/// calls; they stay there until that is disposed of.
/// </summary>
public sealed class CudaRewardSteps
{
    private const int MostMembers = 1 << 20;

    private readonly SoftBonCuda owner;

    internal CudaRewardSteps(SoftBonCuda owner, int members, ReadOnlySpan<CudaRewardStep> steps)
    {
        if (members is < 1 or > MostMembers)
        {
            Throw.OutOfRange(nameof(members), members, $"Must be 1 to {MostMembers}.");
        }

        (this.owner, Members, MembersAfter) = (owner, members, members);
        CudaRewardStep[] known = new CudaRewardStep[steps.Length];
        for (int i = 0; i < steps.Length; i++)
        {
            known[i] = steps[i].Of(MembersAfter);
            Take(in steps[i], i);
        }

        Shape = RewardProgramShape.Of<CudaRewardStep>(known);
        uint[] words = new uint[RewardProgram.WordsOf<CudaRewardStep>(known)];
        RewardProgram.Write<CudaRewardStep>(known, words);
        Program = new ArrayView<uint>(owner.Upload<uint>(words), words.Length);
        IsCalibration = steps.Length == 1 && steps[0].Calibration != CudaCalibrationKind.NotGiven;
    }

    /// <summary>Rewards per candidate before the first step.</summary>
    public int Members { get; }

    /// <summary>Rewards per candidate after the last step; weights and picks are made of one.</summary>
    public int MembersAfter { get; private set; }

    internal RewardProgramShape Shape { get; }

    internal ArrayView<uint> Program { get; }

    internal bool UsesLogProbabilities { get; private set; }

    internal bool UsesLengths { get; private set; }

    /// <summary>Whether there is one step, and it is a calibration.</summary>
    internal bool IsCalibration { get; }

    /// <summary>Throws where these steps cannot be taken by a call.</summary>
    internal void Check(SoftBonCuda cuda, int longest)
    {
        if (owner != cuda)
        {
            Throw.Argument("The steps are in the memory of another SoftBonCuda; prepare them with this one.", "Steps");
        }

        if (Shape.Ranks && longest > RewardCalibrationOp.LongestRow)
        {
            Throw.Argument(
                $"A row has {longest} candidates; the most for quantiles is {RewardCalibrationOp.LongestRow}.", "Rows");
        }
    }

    private void Take(in CudaRewardStep step, int number)
    {
        switch (step.Kind)
        {
            case CudaStepKind.Ensemble when MembersAfter == 1:
                Throw.Argument(
                    $"Candidates have 1 reward at step {number} and an ensemble needs 2 or more; leave the step out.", "steps");
                break;
            case CudaStepKind.Ensemble:
                MembersAfter = 1;
                break;
            case CudaStepKind.Penalize when MembersAfter > 1 || UsesLogProbabilities || UsesLengths:
                Throw.Argument(
                    MembersAfter > 1
                        ? $"Candidates have {MembersAfter} rewards at step {number} and penalties need 1; add an ensemble before them."
                        : $"Step {number} has penalties, as one before it has; give both prices in one step.",
                    "steps");
                break;
            case CudaStepKind.Penalize:
                (UsesLogProbabilities, UsesLengths) = (step.First != 0f, step.Second != 0f);
                break;
            default:
                break;
        }
    }
}
