// Whether this process takes part in the Orleans Dashboard.
using Aetheris.Hosting.Cluster;
using Aetheris.Hosting.Startup;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Aetheris.Hosting.Operations;

/// <summary>
/// <c>Aetheris:Cluster:Dashboard</c>: silos count calls for it, gateways show it to operators. Whoever is a cluster alone in Development has it
/// unasked; elsewhere its filter before every grain call is a price that somebody has to want.
/// </summary>
public static class Dashboard
{
    /// <summary>The setting.</summary>
    public const string Key = "Aetheris:Cluster:Dashboard";

    /// <summary>Whether it is on. All processes of a cluster decide alike.</summary>
    /// <exception cref="StartupException">The value is neither true nor false.</exception>
    public static bool IsOn(IConfiguration configuration, IHostEnvironment environment)
    {
        var text = configuration[Key];
        if (string.IsNullOrWhiteSpace(text))
            return environment.IsDevelopment() && ClusterOptions.Read(configuration).IsAlone;
        return bool.TryParse(text, out var isOn)
            ? isOn
            : throw new StartupException($"{Key} is '{text}': true or false is expected");
    }
}
