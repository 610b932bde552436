using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Cuda;

/// <summary>How a row of rewards becomes one.</summary>
public enum CudaPoolingKind
{
    /// <summary>The sum.</summary>
    Sum = 0,

    /// <summary>The mean.</summary>
    Mean = 1,

    /// <summary>The last one.</summary>
    Last = 2,

    /// <summary>The smallest.</summary>
    Min = 3,

    /// <summary>The largest.</summary>
    Max = 4,

    /// <summary>The product.</summary>
    Product = 5,

    /// <summary>The natural logarithm of the product of rewards of at least 0.</summary>
    LogProduct = 6,

    /// <summary>The sum of discount^t times reward t; the first has t = 0.</summary>
    DiscountedSum = 7,

    /// <summary>The mean less weight times the population's variance.</summary>
    MeanLessVariance = 8,
}

/// <summary>How a row of rewards becomes one: of tokens, of steps, or of the members of an ensemble. Default: their sum.</summary>
public readonly record struct CudaPooling
{
    private readonly SoftBonCuda? owner;

    /// <summary>A kind of pooling.</summary>
    /// <param name="kind">Which.</param>
    /// <param name="parameter">
    /// The discount of <see cref="CudaPoolingKind.DiscountedSum"/>, 0 to 1; the variance's weight of
    /// <see cref="CudaPoolingKind.MeanLessVariance"/>, finite; the others have none, and it is not read.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such kind, or the parameter is out of range.</exception>
    public CudaPooling(CudaPoolingKind kind, float parameter = 0f)
    {
        if (kind is < CudaPoolingKind.Sum or > CudaPoolingKind.MeanLessVariance)
        {
            Throw.OutOfRange(nameof(kind), kind, "Must be Sum to MeanLessVariance.");
        }

        if (kind == CudaPoolingKind.DiscountedSum && !(parameter is >= 0f and <= 1f))
        {
            Throw.OutOfRange(nameof(parameter), parameter, "A discount must be 0 to 1.");
        }

        if (kind == CudaPoolingKind.MeanLessVariance)
        {
            Throw.IfNotFinite(parameter, nameof(parameter));
        }

        (Kind, Parameter) = (kind, kind < CudaPoolingKind.DiscountedSum ? 0f : parameter);
    }

    internal CudaPooling(CudaPooling pooling, SoftBonCuda owner, nuint powers, int powerCount, int longest)
    {
        this = pooling;
        this.owner = owner;
        (Powers, PowerCount, Longest) = (powers, powerCount, longest);
    }

    /// <summary>The kind.</summary>
    public CudaPoolingKind Kind { get; }

    /// <summary>The discount, or the variance's weight.</summary>
    public float Parameter { get; }

    /// <summary>The discounts in device memory, and the longest row that they are for.</summary>
    internal nuint Powers { get; }

    internal int PowerCount { get; }

    private int Longest { get; }

    /// <summary>Throws where rows cannot be pooled.</summary>
    internal void Check(SoftBonCuda cuda, int longest, string name)
    {
        if (longest > RewardPoolingOp.LongestRow)
        {
            Throw.Argument($"A row of {name} has {longest} rewards; the most is {RewardPoolingOp.LongestRow}.", name);
        }

        if (Kind == CudaPoolingKind.DiscountedSum && (owner != cuda || longest > Longest))
        {
            Throw.Argument(
                $"The discounts of rows of {longest} rewards are not in device memory; pool by what "
                + $"SoftBonCuda.Prepare(pooling, {longest}) returns.",
                name);
        }
    }
}
