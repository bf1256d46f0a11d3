// The keys with which this user's commands sign tokens.
using System.Diagnostics.CodeAnalysis;
using Aetheris.Auth;
using Aetheris.Auth.Keys;

namespace Aetheris.Cli.Tokens;

/// <summary>
/// The configured key (<c>Aetheris__Auth__SigningKey</c>); without one the Development key file that this user's servers share:
/// always in Development, and where no environment is named when a server has already made the file.
/// </summary>
public static class UserKeys
{
    private const string SigningKeyVariable = "Aetheris__Auth__SigningKey";
    private const string Development = "Development";

    /// <summary>Finds the key.</summary>
    /// <param name="keys">The key; the caller disposes of it.</param>
    /// <param name="error">Why there is none, with what to do, without any part of a key.</param>
    public static bool TryLoad([NotNullWhen(true)] out SigningKeys? keys, out string error)
    {
        var options = new AuthOptions { SigningKey = Environment.GetEnvironmentVariable(SigningKeyVariable) };
        var environment = Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT") ?? Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT");
        var file = DevelopmentKeyFile.ForUser();
        var development = string.Equals(environment, Development, StringComparison.OrdinalIgnoreCase)
            || (string.IsNullOrEmpty(environment) && file.Exists);
        if (SigningKeys.TryLoad(options, development ? file : null, KeyHome.Configuration, out keys, out error))
            return true;
        error = $"{error}. Set {SigningKeyVariable}, or DOTNET_ENVIRONMENT=Development for the key that this user's servers share";
        return false;
    }
}
