using SoftBoN.Kernels.Cuda.Arguments;

namespace SoftBoN.Kernels.Cuda.Launching;

/// <summary>The kinds of teams of threads that share a row; the twin of the kernels' own.</summary>
internal enum Team
{
    Eight,
    Sixteen,
    Warp,
    Group,
}

/// <summary>How rows of one length are launched: the twin of the plan that the library's own devices follow.</summary>
internal readonly struct LaunchPlan
{
    /// <summary>Threads of a group.</summary>
    public const int Threads = 256;

    private const int MostGroups = 1 << 20;
    private const int MostGroupsWithMemory = 1024;
    private const int MostGroupsWithMarks = 256;
    private const int SumKinds = 4;
    private const int SegmentLength = 1024;
    private const int ExtraPartials = 64;
    private const int WordsOfMarks = 32;

    private static readonly int[] FirstBins = [0, 1, 2, 6, 7];

    private readonly CudaRows rows;
    private readonly bool hasMarks;

    public LaunchPlan(CudaRows rows, bool hasMarks)
    {
        (this.rows, this.hasMarks) = (rows, hasMarks);
        Team = rows.Columns switch
        {
            > SegmentLength => Team.Group,
            > 64 => Team.Warp,
            > 32 => Team.Sixteen,
            _ => Team.Eight,
        };
    }

    public Team Team { get; }

    /// <summary>The bins of lengths that a kernel of this team is told of.</summary>
    public (int First, int End) Bins => (FirstBins[(int)Team], FirstBins[(int)Team + 1]);

    public int Groups
    {
        get
        {
            if (Team == Team.Group)
            {
                return Math.Min(rows.Rows, hasMarks ? MostGroupsWithMarks : MostGroupsWithMemory);
            }

            int threadsOfTeam = Team switch { Team.Eight => 8, Team.Sixteen => 16, _ => 32 };
            long teams = Threads / threadsOfTeam;
            return (int)Math.Clamp((rows.Rows + teams - 1) / teams, 1, MostGroups);
        }
    }

    /// <summary>The memory of groups, for rows that a whole group shares.</summary>
    public GroupMemory TakeGroups(ref WorkspaceParts parts)
    {
        GroupMemory memory = default;
        if (Team == Team.Group)
        {
            int segments = (int)(((long)rows.Columns + SegmentLength - 1) / SegmentLength);
            memory.PartialStride = segments + (segments / 512) + ExtraPartials;
            memory.Partials = parts.Take((long)Groups * SumKinds * memory.PartialStride, sizeof(float));
            memory.HasMarks = hasMarks ? 1 : 0;
            memory.Marks = hasMarks
                ? parts.Take((long)Groups * WordsOfMarks * memory.PartialStride, sizeof(uint))
                : default;
        }

        return memory;
    }
}
