// The text of --help.
using System.Globalization;
using System.Text;

namespace Aetheris.Hosting.Help;

internal static class HelpText
{
    public static string For(ProcessRole role)
    {
        var keys = ConfigurationKeys.All.Where(key => key.Roles.HasFlag(role)).ToList();
        var width = keys.Max(key => key.Name.Length) + 2;
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"Aetheris.{role} — {Purpose(role)}");
        text.AppendLine();
        text.AppendLine("  --help       this text");
        text.AppendLine("  --verbose    full errors");
        text.AppendLine();
        text.AppendLine("Configuration: appsettings.json beside the binary, then environment (Aetheris__Section__Key),");
        text.AppendLine("then command line (--Aetheris:Section:Key=value); later wins. DOTNET_ENVIRONMENT=Development");
        text.AppendLine("opens guest sign-in, rooms by name and the demo pilots. Keys, all under Aetheris:");
        text.AppendLine();
        foreach (var key in keys)
        {
            var otherwise = key.Default.Length == 0 ? string.Empty : $" [{key.Default}]";
            text.AppendLine(CultureInfo.InvariantCulture, $"  {key.Name.PadRight(width)}{key.Meaning}{otherwise}");
        }

        return text.ToString();
    }

    private static string Purpose(ProcessRole role) => role switch
    {
        ProcessRole.Silo => "cluster member that hosts rooms",
        ProcessRole.Gateway => "the edge: UDP, WebSocket and HTTP",
        _ => "silo and gateway in one process",
    };
}
