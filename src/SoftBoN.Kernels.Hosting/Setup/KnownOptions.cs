using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace SoftBoN.Kernels.Hosting;

/// <summary>
/// Binds options to a section whose names are all known: one that is misspelt must not pass for one that is not set.
/// </summary>
internal static class KnownOptions
{
    /// <summary>Binds; a name that is no option is an error that says which there are.</summary>
    public static OptionsBuilder<TOptions> BindKnown<TOptions>(
        this OptionsBuilder<TOptions> builder, IConfiguration section)
        where TOptions : class =>
        builder
            .Configure(_ => Check(section, typeof(TOptions)))
            .Bind(section, binder => binder.ErrorOnUnknownConfiguration = true);

    private static void Check(IConfiguration section, Type options)
    {
        string[] known = [.. options.GetProperties().Where(IsValue).Select(property => property.Name).Order()];
        if (section.GetChildren().FirstOrDefault(child => !known.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
            is { } unknown)
        {
            throw new InvalidOperationException($"There is no option {unknown.Path}; there are {string.Join(", ", known)}.");
        }
    }

    /// <summary>Loggers and other services are set in code.</summary>
    private static bool IsValue(PropertyInfo property) => !property.PropertyType.IsInterface;
}
