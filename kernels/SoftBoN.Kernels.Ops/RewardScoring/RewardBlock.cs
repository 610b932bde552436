using System.Runtime.InteropServices;

namespace SoftBoN.Kernels.Ops;

/// <summary>
/// One worker's memory for the rewards of some prompts: a plane per member, so that the rewards of a prompt lie side by
/// side. Pointers are to where candidate 0 would be, so that candidates keep their numbers.
/// </summary>
internal sealed unsafe class RewardBlock : IDisposable
{
    private const int Alignment = 64;

    private float* memory;
    private long capacity;
    private long stride;

    ~RewardBlock() => Free();

    /// <summary>The prompts, and their candidates.</summary>
    public long First { get; private set; }

    public long End { get; private set; }

    public long FirstCandidate { get; private set; }

    public long EndCandidate { get; private set; }

    /// <summary>Rewards per candidate that are left.</summary>
    public int Members { get; set; }

    /// <summary>Room for the scores of all heads.</summary>
    public float* Scores => memory + (Members * stride) - (FirstCandidate * Members);

    /// <summary>Room for a status per candidate, or per prompt; this is the first one's.</summary>
    public RowStatus* Statuses { get; private set; }

    private long Count => EndCandidate - FirstCandidate;

    /// <summary>A member's rewards.</summary>
    public float* Member(int member) => memory + (member * stride) - FirstCandidate;

    /// <summary>Takes the next prompts: as many as fit, and one at least.</summary>
    public void Take(in RewardPlanArgs args, long first, long end, int size)
    {
        (First, End, Members) = (first, first + 1, args.Members);
        FirstCandidate = args.FirstOf(first);
        long most = Math.Max(1, size / Members);
        while (End < end && End - First < most && args.FirstOf(End + 1) - FirstCandidate <= most)
        {
            End++;
        }

        EndCandidate = args.FirstOf(End);
        Reserve(Math.Max(Count, End - First));
    }

    /// <summary>Scores, row after row, become planes.</summary>
    public void TakeScores(float* scores)
    {
        for (long candidate = FirstCandidate; candidate < EndCandidate; candidate++)
        {
            for (int member = 0; member < Members; member++)
            {
                Member(member)[candidate] = scores[(candidate * Members) + member];
            }
        }
    }

    /// <summary>Copies rewards that were given; steps change the copy.</summary>
    public void TakeGiven(in RewardPlanArgs args)
    {
        for (int member = 0; member < Members; member++)
        {
            float* from = args.Given + (member * args.GivenStride) + FirstCandidate;
            NativeMemory.Copy(from, Member(member) + FirstCandidate, (nuint)(Count * sizeof(float)));
        }

        if (args.Status != null)
        {
            NativeMemory.Clear(args.Status + FirstCandidate, (nuint)Count);
        }
    }

    /// <summary>Each candidate's members as a row.</summary>
    public RowSource MembersAsRows() => new()
    {
        Layout = RowLayout.Strided,
        Values = Member(0),
        Count = EndCandidate,
        Columns = Members,
        RowStride = 1,
        ColumnStride = stride,
    };

    /// <summary>Where a step puts statuses, null where nobody asks for them.</summary>
    public RowStatus* StatusesOfCandidates(in RewardPlanArgs args) =>
        args.Status == null ? null : Statuses - FirstCandidate;

    /// <summary>A candidate's status is that of the first step that had no reward for it.</summary>
    public void KeepStatuses(in RewardPlanArgs args)
    {
        for (long candidate = FirstCandidate; args.Status != null && candidate < EndCandidate; candidate++)
        {
            Keep(args.Status + candidate, Statuses[candidate - FirstCandidate]);
        }
    }

    /// <summary>A step that had no rewards for a prompt had none for any of its candidates.</summary>
    public void KeepPromptStatuses(in RewardPlanArgs args)
    {
        for (long prompt = First; args.Status != null && prompt < End; prompt++)
        {
            for (long candidate = args.FirstOf(prompt); candidate < args.FirstOf(prompt + 1); candidate++)
            {
                Keep(args.Status + candidate, Statuses[prompt - First]);
            }
        }
    }

    /// <summary>Writes the rewards that are left.</summary>
    public void Write(float* rewards) => NativeMemory.Copy(
        Member(0) + FirstCandidate, rewards + FirstCandidate, (nuint)(Count * sizeof(float)));

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private static void Keep(RowStatus* kept, RowStatus status) => *kept = *kept == RowStatus.Ok ? status : *kept;

    private void Reserve(long count)
    {
        stride = (count + Alignment - 1) / Alignment * Alignment;
        long needed = checked(((2L * Members) + 1) * stride);
        if (needed > capacity)
        {
            Free();
            memory = (float*)NativeMemory.AlignedAlloc(checked((nuint)(needed * sizeof(float))), Alignment);
            capacity = needed;
        }

        Statuses = (RowStatus*)(memory + (2L * Members * stride));
    }

    private void Free()
    {
        NativeMemory.AlignedFree(memory);
        memory = null;
        capacity = 0;
    }
}
