using Microsoft.Extensions.Options;

namespace SoftBoN.Kernels.Hosting;

/// <summary>Asks the options themselves, whose messages name value, limit and cure.</summary>
internal sealed class SoftBonOptionsValidation : IValidateOptions<SoftBonOptions>
{
    public ValidateOptionsResult Validate(string? name, SoftBonOptions options)
    {
        try
        {
            options.Check();
            return ValidateOptionsResult.Success;
        }
        catch (ArgumentException fault)
        {
            return ValidateOptionsResult.Fail($"{nameof(SoftBonOptions)}: {fault.Message}");
        }
    }
}
