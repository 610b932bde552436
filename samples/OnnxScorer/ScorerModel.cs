using System.Runtime.InteropServices;

namespace SoftBoN.Samples.OnnxScorer;

/// <summary>
/// A small reward model: hidden = tanh(features W), scores = hidden H + bias. It stands for a language model with a head.
/// </summary>
internal sealed class ScorerModel
{
    public const int Features = 32;
    public const int Hidden = 64;
    public const int Heads = 2;

    private const int FloatType = 1;
    private const int IrVersion = 8;
    private const int OpsetVersion = 17;

    public ScorerModel(int seed)
    {
        var random = new Random(seed);
        Layer = Uniform(random, Features * Hidden);
        Head = Uniform(random, Hidden * Heads);
        Bias = Uniform(random, Heads);
    }

    /// <summary>[features, hidden].</summary>
    public float[] Layer { get; }

    /// <summary>[hidden, heads].</summary>
    public float[] Head { get; }

    /// <summary>[heads].</summary>
    public float[] Bias { get; }

    /// <summary>The head as reward heads have it: [heads, hidden].</summary>
    public float[] HeadByRows() =>
        [.. Enumerable.Range(0, Heads).SelectMany(head => Enumerable.Range(0, Hidden).Select(i => Head[(i * Heads) + head]))];

    /// <summary>Writes the model as an .onnx file.</summary>
    public void Write(string path)
    {
        ProtoWriter graph = new ProtoWriter()
            .Message(1, Node("MatMul", "sum", "features", "layer"))
            .Message(1, Node("Tanh", "hidden", "sum"))
            .Message(1, Node("MatMul", "product", "hidden", "head"))
            .Message(1, Node("Add", "scores", "product", "bias"))
            .Text(2, "scorer")
            .Message(5, Tensor("layer", Layer, Features, Hidden))
            .Message(5, Tensor("head", Head, Hidden, Heads))
            .Message(5, Tensor("bias", Bias, Heads))
            .Message(11, Matrix("features", Features))
            .Message(12, Matrix("hidden", Hidden))
            .Message(12, Matrix("scores", Heads));
        ProtoWriter model = new ProtoWriter()
            .Number(1, IrVersion)
            .Text(2, "SoftBoN.Kernels sample")
            .Message(7, graph)
            .Message(8, new ProtoWriter().Text(1, "").Number(2, OpsetVersion));
        using FileStream file = File.Create(path);
        file.Write(model.Bytes);
    }

    private static ProtoWriter Node(string operation, string output, params string[] inputs)
    {
        var node = new ProtoWriter();
        foreach (string input in inputs)
        {
            node.Text(1, input);
        }

        return node.Text(2, output).Text(4, operation);
    }

    private static ProtoWriter Tensor(string name, float[] values, params int[] dimensions)
    {
        var tensor = new ProtoWriter();
        foreach (int dimension in dimensions)
        {
            tensor.Number(1, dimension);
        }

        return tensor.Number(2, FloatType).Text(8, name).Data(9, MemoryMarshal.AsBytes(values.AsSpan()));
    }

    /// <summary>A matrix of any number of rows.</summary>
    private static ProtoWriter Matrix(string name, int columns)
    {
        ProtoWriter shape = new ProtoWriter()
            .Message(1, new ProtoWriter().Text(2, "rows"))
            .Message(1, new ProtoWriter().Number(1, columns));
        ProtoWriter type = new ProtoWriter().Message(1, new ProtoWriter().Number(1, FloatType).Message(2, shape));
        return new ProtoWriter().Text(1, name).Message(2, type);
    }

    private static float[] Uniform(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];
}
