// Defaults of sign-in that depend on the environment.
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Aetheris.Auth;

internal sealed class AuthOptionsDefaults(IHostEnvironment environment) : IPostConfigureOptions<AuthOptions>
{
    private const int GuestsPerHour = 600;

    public void PostConfigure(string? name, AuthOptions options)
    {
        options.AllowGuests ??= environment.IsDevelopment();
        // Hundreds of bots sign in from one address.
        options.GuestsPerHour ??= environment.IsDevelopment() ? 0 : GuestsPerHour;
    }
}
