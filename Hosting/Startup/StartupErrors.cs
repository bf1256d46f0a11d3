// Turns a failed start into lines that an operator can act on.
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace Aetheris.Hosting.Startup;

internal static partial class StartupErrors
{
    public static IEnumerable<string> Explain(Exception exception, ProcessRole role)
    {
        var chain = Flatten(exception).ToList();
        var invalid = chain.OfType<OptionsValidationException>().SelectMany(failure => failure.Failures).Distinct(StringComparer.Ordinal).ToList();
        if (invalid.Count > 0)
            return invalid;
        if (chain.OfType<StartupException>().FirstOrDefault() is { } readable)
            return [readable.Message];
        foreach (var failure in chain.OfType<InvalidOperationException>())
        {
            if (BadValue().Match(failure.Message) is { Success: true } bad)
                return [$"{bad.Groups["key"].Value} is '{OneLine(bad.Groups["value"].Value)}': {Expected(bad.Groups["type"].Value)} is expected"];
        }

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

    // The binder's own text, which names a .NET type instead of what is allowed.
    [GeneratedRegex("^Failed to convert configuration value '(?<value>.*)' at '(?<key>Aetheris:[^']*)' to type '(?<type>[^']*)'", RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BadValue();

    private static string Expected(string type) => type switch
    {
        "System.Boolean" => "true or false",
        "System.TimeSpan" => "a time as hh:mm:ss",
        "System.Int32" or "System.Int64" or "System.UInt16" => "a whole number",
        "System.Double" or "System.Single" => "a number",
        _ => type.Split('.')[^1],
    };

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
