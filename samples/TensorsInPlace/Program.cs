using SoftBoN.Kernels;
using SoftBoN.Kernels.Cuda;
using SoftBoN.Samples.TensorsInPlace;
using static TorchSharp.torch;

const int Rows = 4;
const int Tokens = 3000;

manual_seed(1);
using Tensor logits = randn([Rows, Tokens], dtype: ScalarType.BFloat16);
using Tensor drawn = empty([Rows], dtype: ScalarType.Int32);
using var engine = SoftBonEngine.CreateHost(new SoftBonOptions());

// On the processor: the engine reads the tensor's own memory and writes into another tensor's.
TokenMatrix inPlace = TokenMatrix.OfBFloat16(TensorMemory.SpanOf<ushort>(logits), Rows, Tokens);
var options = new TokenTiltOptions { Temperature = 0.8f, TopP = 0.95f, Seed = 7UL };
engine.TiltTokens(inPlace, options, new TokenTiltOutputs { Token = TensorMemory.SpanOf<int>(drawn) });

// The same from copies, to show that it is.
using Tensor wide = logits.to_type(ScalarType.Float32);
float[] copied = wide.data<float>().ToArray();
int[] expected = new int[Rows];
engine.TiltTokens(TokenMatrix.Of(copied, Rows, Tokens), options, new TokenTiltOutputs { Token = expected });
bool agree = drawn.data<int>().ToArray().SequenceEqual(expected);
Console.WriteLine($"tokens {string.Join(' ', expected)}: in place {(agree ? "as" : "NOT as")} from a copy");

// The logits themselves become the tilted ones, which torch then softmaxes.
engine.TiltTokens(inPlace, options, new TokenTiltOutputs
{
    TiltedLogits = TokenOutput.OfBFloat16(TensorMemory.SpanOf<ushort>(logits), Rows, Tokens),
});
using Tensor law = nn.functional.softmax(logits.to_type(ScalarType.Float32), 1);
using Tensor kept = (law > 0).sum(1);
Console.WriteLine($"tokens that torch's softmax keeps: {string.Join(' ', kept.data<long>().ToArray())} of {Tokens}");
bool isTruncated = kept.data<long>().ToArray().All(count => count is > 0 and < Tokens);

if (cuda.is_available())
{
    agree &= OnCuda();
}

return agree && isTruncated ? 0 : 1;

// On a GPU: torch's context is current after its first tensor, and its default stream is 0.
bool OnCuda()
{
    using Tensor there = wide.cuda();
    using Tensor tokens = empty([Rows], dtype: ScalarType.Int32, device: CUDA);
    using var attached = SoftBonCuda.Attach(context: 0, stream: 0);
    var call = new CudaTokenTilt
    {
        Logits = CudaMatrix.Dense(TensorMemory.AddressOf(there), Rows, Tokens),
        Temperature = 0.8f,
        TopP = 0.95f,
        Seed = 7UL,
        Token = TensorMemory.AddressOf(tokens),
    };
    attached.Reserve(attached.WorkspaceBytes(in call));
    attached.TiltTokens(in call);
    using Tensor back = tokens.cpu();
    bool same = back.data<int>().ToArray().SequenceEqual(expected);
    Console.WriteLine($"on {there.device}: {(same ? "the same tokens" : "OTHER tokens")}");
    return same;
}
