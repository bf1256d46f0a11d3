// Reads single values of the configuration and names the full key when one is wrong.
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Aetheris.Grains.Configuration;

/// <summary>
/// Typed reading with messages of the form <c>Aetheris:Room:TickRate must be 1–240 but is 'zero'</c>: the stock binder names a
/// type instead of what is allowed.
/// </summary>
internal static class SettingReader
{
    /// <summary>An integer within bounds.</summary>
    /// <exception cref="OptionsValidationException">The value is something else.</exception>
    public static int Integer(IConfiguration configuration, string key, int least, int most, int fallback)
    {
        var text = configuration[key];
        if (string.IsNullOrEmpty(text))
            return fallback;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most)
            return value;
        throw Invalid(key, string.Create(CultureInfo.InvariantCulture, $"must be {least}–{most}"), text);
    }

    /// <summary>true or false.</summary>
    /// <exception cref="OptionsValidationException">The value is something else.</exception>
    public static bool Boolean(IConfiguration configuration, string key, bool fallback)
    {
        var text = configuration[key];
        if (string.IsNullOrEmpty(text))
            return fallback;
        return bool.TryParse(text, out var value) ? value : throw Invalid(key, "must be true or false", text);
    }

    /// <summary>One of an enum's names, in any case.</summary>
    /// <exception cref="OptionsValidationException">The value is something else.</exception>
    public static TEnum Name<TEnum>(IConfiguration configuration, string key, TEnum fallback)
        where TEnum : struct, Enum
    {
        var text = configuration[key];
        if (string.IsNullOrEmpty(text))
            return fallback;
        foreach (var name in Enum.GetNames<TEnum>())
        {
            if (string.Equals(name, text, StringComparison.OrdinalIgnoreCase))
                return Enum.Parse<TEnum>(name);
        }

        throw Invalid(key, "must be one of " + string.Join(", ", Enum.GetNames<TEnum>()), text);
    }

    /// <summary>The exception for a wrong value.</summary>
    public static OptionsValidationException Invalid(string key, string rule, string text) =>
        new(key, typeof(string), [key + " " + rule + " but is '" + text + "'"]);
}
