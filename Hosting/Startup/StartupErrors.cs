// Turns a failed start into lines that an operator can act on.
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace Aetheris.Hosting.Startup;

internal static class StartupErrors
{
    public static IEnumerable<string> Explain(Exception exception, ProcessRole role)
    {
        var chain = Flatten(exception).ToList();
        var invalid = chain.OfType<OptionsValidationException>().SelectMany(failure => failure.Failures).Distinct(StringComparer.Ordinal).ToList();
        if (invalid.Count > 0)
            return invalid;
        if (chain.OfType<StartupException>().FirstOrDefault() is { } readable)
            return [readable.Message];
        if (chain.OfType<InvalidOperationException>().FirstOrDefault(IsBadValue) is { } badValue)
            return [OneLine(badValue.Message)];
        if (chain.Any(IsPortInUse))
            return [PortInUse(chain, role)];
        var root = chain[^1];
        return [$"{OneLine(root.Message)} ({root.GetType().Name}; --verbose shows more)"];
    }

    private static IEnumerable<Exception> Flatten(Exception exception)
    {
        for (Exception? current = exception; current is not null; current = current.InnerException)
        {
            yield return current;
            if (current is not AggregateException several)
                continue;
            foreach (var inner in several.InnerExceptions.SelectMany(Flatten))
                yield return inner;
            yield break;
        }
    }

    // The binder's own text: "Failed to convert configuration value 'x' at 'Aetheris:Room:TickRate' to type …".
    private static bool IsBadValue(InvalidOperationException exception) =>
        exception.Message.Contains(" at 'Aetheris:", StringComparison.Ordinal);

    private static bool IsPortInUse(Exception exception) =>
        exception is SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse }
        || exception.GetType().Name.Equals("AddressInUseException", StringComparison.Ordinal);

    private static string PortInUse(List<Exception> chain, ProcessRole role)
    {
        var http = chain.Select(exception => exception.Message).FirstOrDefault(text => text.Contains("http://", StringComparison.Ordinal));
        if (http is not null)
            return $"{HttpListening.PortKey(role)}: {OneLine(http)}";
        return "a port is already in use: Aetheris:Cluster:SiloPort or Aetheris:Cluster:GatewayPort"
            + (role.HasFlag(ProcessRole.Silo) ? string.Empty : " or Aetheris:Gateway:UdpPort");
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ").Trim();
}
