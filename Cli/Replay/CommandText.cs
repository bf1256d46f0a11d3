// Commands of a log in words.
using System.Globalization;
using Aetheris.Protocol.Commands;

namespace Aetheris.Cli.Replay;

internal static class CommandText
{
    /// <summary>One line: what it does, about whom.</summary>
    public static string Describe(in Command command) => command.Kind switch
    {
        CommandKind.Input => string.Create(
            CultureInfo.InvariantCulture,
            $"input of {command.Player} for tick {command.Input.TargetTick}: move ({command.Input.MoveX}, {command.Input.MoveY}), buttons {command.Input.Buttons}, mining {command.Input.MiningTarget}, view {command.Input.ViewDelay}"),
        CommandKind.Join => $"join of {command.Player} ({command.Name})",
        CommandKind.Leave => $"leave of {command.Player} ({command.Reason})",
        CommandKind.GatewayGone => $"gateway {command.GoneGateway} gone",
        >= CommandKind.FirstCustom => $"command {(int)command.Kind} of {command.Player}: {Convert.ToHexStringLower(command.Payload.Span)}",
        _ => $"{command.Kind} of {command.Player}",
    };

    /// <summary>How the commands of two ticks differ first; null when they are alike.</summary>
    public static string? Difference(IReadOnlyList<Command> left, IReadOnlyList<Command> right)
    {
        for (var i = 0; i < Math.Max(left.Count, right.Count); i++)
        {
            var a = i < left.Count ? Describe(left[i]) : "nothing";
            var b = i < right.Count ? Describe(right[i]) : "nothing";
            if (!string.Equals(a, b, StringComparison.Ordinal))
                return $"command {i + 1}: {a} | {b}";
        }

        return null;
    }
}
