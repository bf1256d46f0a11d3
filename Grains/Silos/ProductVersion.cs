// The version of this build.
using System.Reflection;

namespace Aetheris.Grains.Silos;

/// <summary>What operators see as a silo's version.</summary>
internal static class ProductVersion
{
    /// <summary>Such as 0.1.0, without the commit.</summary>
    public static string Text { get; } = Read();

    private static string Read()
    {
        var text = typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? string.Empty;
        var commit = text.IndexOf('+', StringComparison.Ordinal);
        return commit < 0 ? text : text[..commit];
    }
}
