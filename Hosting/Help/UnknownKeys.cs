// Finds configuration that nobody reads: mostly a slip of the pen.
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Aetheris.Hosting.Help;

/// <summary>Keys under <c>Aetheris</c> that are not in <see cref="ConfigurationKeys"/>.</summary>
public static partial class UnknownKeys
{
    private const string Section = "Aetheris";

    /// <summary>The unknown keys in full, in order.</summary>
    public static IReadOnlyList<string> Find(IConfiguration configuration)
    {
        var known = ConfigurationKeys.All.Select(key => key.Name.Split(':')).ToList();
        return configuration.GetSection(Section).AsEnumerable(makePathsRelative: true)
            .Where(pair => pair.Value is not null && pair.Key.Length > 0 && !known.Exists(name => Matches(name, pair.Key.Split(':'))))
            .Select(pair => Section + ":" + pair.Key)
            .Order(StringComparer.OrdinalIgnoreCase)
            .ToList();
    }

    internal static void Warn(IConfiguration configuration, ILogger logger)
    {
        foreach (var key in Find(configuration))
            LogUnknown(logger, key);
    }

    // A part in angle brackets stands for any name.
    private static bool Matches(string[] known, string[] path)
    {
        if (known.Length != path.Length)
            return false;
        for (var i = 0; i < known.Length; i++)
        {
            if (!known[i].StartsWith('<') && !string.Equals(known[i], path[i], StringComparison.OrdinalIgnoreCase))
                return false;
        }

        return true;
    }

    [LoggerMessage(EventId = 3001, Level = LogLevel.Warning, Message = "{Key} is not a configuration key and has no effect; --help lists the keys")]
    private static partial void LogUnknown(ILogger logger, string key);
}
