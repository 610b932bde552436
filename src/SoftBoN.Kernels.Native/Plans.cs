namespace SoftBoN.Kernels.Native;

/// <summary>Plans by the numbers that callers hold. A call that runs one that is destroyed goes on.</summary>
internal static class Plans
{
    private static readonly Handles<RewardPlan> All = new("plan", "destroyed", "softbon_plan_create");

    public static ulong Create(in PlanArgs args) => All.Add(args.Read());

    public static RewardPlan At(ulong number) => All.At(number);

    public static void Destroy(ulong number) => All.Take(number);
}
