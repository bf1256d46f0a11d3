// How a connection to Redis behaves: short waits, endless patience once it has been there.
using Aetheris.Hosting.Cluster;
using Aetheris.Hosting.Startup;
using StackExchange.Redis;

namespace Aetheris.Hosting.Redis;

/// <summary>Connection strings and the settings that the cluster needs beside them.</summary>
internal static class RedisSettings
{
    /// <summary>Full name of the key, for messages.</summary>
    public const string Key = $"{ClusterOptions.Section}:{nameof(ClusterOptions.Redis)}";

    private const int ConnectTimeoutMs = 2000;

    // A room that waits longer for its snapshot has the next one due already.
    private const int CallTimeoutMs = 2000;
    private const int ReconnectEveryMs = 500;

    /// <exception cref="StartupException">The text is none; the message never repeats it, since it may hold a password.</exception>
    public static ConfigurationOptions Parse(string text)
    {
        ConfigurationOptions options;
        try
        {
            options = ConfigurationOptions.Parse(text);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or OverflowException)
        {
            throw NotOne(exception);
        }

        if (options.EndPoints.Count == 0)
            throw NotOne(null);
        options.AbortOnConnectFail = true;
        options.ConnectRetry = 1;
        options.ConnectTimeout = ConnectTimeoutMs;
        options.AsyncTimeout = CallTimeoutMs;
        options.SyncTimeout = CallTimeoutMs;
        // A Redis that was away for long is found again as fast as one that was away for a moment.
        options.ReconnectRetryPolicy = new LinearRetry(ReconnectEveryMs);
        options.ClientName ??= "aetheris";
        return options;
    }

    /// <summary>Where it is, without users and passwords.</summary>
    public static string Address(ConfigurationOptions options) =>
        string.Join(',', options.EndPoints.Select(endPoint => endPoint is System.Net.DnsEndPoint name ? $"{name.Host}:{name.Port}" : endPoint.ToString()));

    private static StartupException NotOne(Exception? inner) =>
        new($"{Key} is not a connection string such as localhost:6379 or host:6379,password=secret,ssl=true", inner);
}
