// Refuses settings that cannot work, naming the full key.
using Microsoft.Extensions.Options;

namespace Aetheris.Gateway;

/// <summary>Checks <see cref="GatewayOptions"/> at start.</summary>
public sealed class GatewayOptionsValidator : IValidateOptions<GatewayOptions>
{
    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, GatewayOptions options)
    {
        var failures = new List<string>();
        Range(failures, nameof(options.UdpPort), options.UdpPort, 0, 65535);
        Range(failures, nameof(options.HttpPort), options.HttpPort, 0, 65535);
        Range(failures, nameof(options.PublicUdpPort), options.PublicUdpPort, 0, 65535);
        Range(failures, nameof(options.RetentionBytes), options.RetentionBytes, 64 * 1024, 16L * 1024 * 1024 * 1024);
        Range(failures, nameof(options.MaxConnections), options.MaxConnections, 1, 65535);
        Range(failures, nameof(options.MaxConnectionsPerAddress), options.MaxConnectionsPerAddress ?? 0, 0, 65535);
        Range(failures, nameof(options.ConnectsPerSecond), options.ConnectsPerSecond, 1, 100_000);
        Range(failures, nameof(options.InboundBytesPerSecond), options.InboundBytesPerSecond, 4096, 16 * 1024 * 1024);
        Range(failures, nameof(options.HttpRequestsPerSecond), options.HttpRequestsPerSecond, 1, 100_000);
        Range(failures, nameof(options.LinkIdleSeconds), options.LinkIdleSeconds, 1, 3600);
        Range(failures, nameof(options.DrainSeconds), options.DrainSeconds, 0, 300);
        Range(failures, nameof(options.BytesPerSecondPerClient), options.BytesPerSecondPerClient, 2_000, 100_000_000);
        Range(failures, nameof(options.MinBytesPerSecondPerClient), options.MinBytesPerSecondPerClient, 1_000, 100_000_000);
        Range(failures, nameof(options.JoinBytesPerSecondPerClient), options.JoinBytesPerSecondPerClient, 2_000, 100_000_000);
        if (!(options.InterestMetres is > 0 and <= 100_000))
            failures.Add($"{GatewayOptions.Section}:{nameof(options.InterestMetres)} is {options.InterestMetres}, but must be above 0 and at most 100000.");
        if (!string.IsNullOrEmpty(options.PublicHttpUrl)
            && !(Uri.TryCreate(options.PublicHttpUrl, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"))
        {
            failures.Add($"{GatewayOptions.Section}:{nameof(options.PublicHttpUrl)} is '{options.PublicHttpUrl}', but must be an absolute http or https URL.");
        }

        Range(failures, nameof(options.AfkSeconds), options.AfkSeconds ?? 0, 0, 7 * 24 * 3600);
        Read(failures, nameof(options.TrustedProxies), () => options.ReadTrustedProxies());
        Read(failures, nameof(options.CorsOrigins), () => options.ReadCorsOrigins());
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static void Range(List<string> failures, string key, long value, long min, long max)
    {
        if (value < min || value > max)
            failures.Add($"{GatewayOptions.Section}:{key} is {value}, but must be {min} to {max}.");
    }

    private static void Read(List<string> failures, string key, Action read)
    {
        try
        {
            read();
        }
        catch (FormatException exception)
        {
            failures.Add($"{GatewayOptions.Section}:{key}: {exception.Message}.");
        }
    }
}
