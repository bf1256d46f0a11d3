// Defaults of sign-in that depend on the environment.
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Aetheris.Auth;

internal sealed class AuthOptionsDefaults(IHostEnvironment environment) : IPostConfigureOptions<AuthOptions>
{
    public void PostConfigure(string? name, AuthOptions options) => options.AllowGuests ??= environment.IsDevelopment();
}
