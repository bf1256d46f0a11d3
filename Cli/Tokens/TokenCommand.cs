// aetheris token: tokens for operators and scripts.
using System.CommandLine;
using System.Globalization;
using Aetheris.Auth;
using Aetheris.Auth.Tokens;

namespace Aetheris.Cli.Tokens;

/// <summary><c>aetheris token mint --role R --name N [--lifetime T]</c>.</summary>
public static class TokenCommand
{
    /// <summary>The command and its subcommands.</summary>
    public static Command Create()
    {
        var role = new Option<string>("--role") { Description = "player or admin", DefaultValueFactory = _ => PlayerRole.Player };
        var name = new Option<string>("--name") { Description = "name to show, 1–32 characters", Required = true };
        var lifetime = new Option<string?>("--lifetime") { Description = "life: hh:mm:ss, or a number with s, m, h or d (default 1h)" };
        var mint = new Command("mint", "make an access token and print it on the last line") { role, name, lifetime };
        mint.SetAction(result => Mint(result.GetValue(role)!, result.GetValue(name)!, result.GetValue(lifetime)));
        return new Command("token", "make access tokens") { mint };
    }

    private static int Mint(string role, string name, string? lifetime)
    {
        if (!PlayerRole.IsKnown(role))
            return Fail($"--role is '{role}': player or admin is expected");
        if (!PlayerNameRule.IsValid(name))
            return Fail("--name is none: " + PlayerNameRule.Text);
        var life = TimeSpan.FromHours(1);
        if (lifetime is not null && !TryParseLifetime(lifetime, out life))
            return Fail($"--lifetime is '{lifetime}': 1 s to {AuthOptions.MaxAccessTokenLifetime.Days} d is expected, such as 90s, 15m, 2h, 1d or 00:15:00");
        if (!UserKeys.TryLoad(out var keys, out var error))
            return Fail(error);

        using (keys)
        {
            var issuer = new TokenIssuer(keys, new AuthOptions(), TimeProvider.System);
            var issued = issuer.IssueAccess(TokenIssuer.NewPlayer(), name, role, life);
            Console.Error.WriteLine($"{role} until {issued.ExpiresAt:yyyy-MM-dd HH:mm:ss} UTC");
            Console.Out.WriteLine(issued.Token);
            return 0;
        }
    }

    private static bool TryParseLifetime(string text, out TimeSpan life)
    {
        life = default;
        if (text.Length > 1 && double.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number <= 1e7)
        {
            life = text[^1] switch
            {
                's' => TimeSpan.FromSeconds(number),
                'm' => TimeSpan.FromMinutes(number),
                'h' => TimeSpan.FromHours(number),
                'd' when number <= 1e6 => TimeSpan.FromDays(number),
                _ => default,
            };
        }
        else if (!TimeSpan.TryParseExact(text, ["c", "g"], CultureInfo.InvariantCulture, out life))
        {
            return false;
        }

        return life >= TimeSpan.FromSeconds(1) && life <= AuthOptions.MaxAccessTokenLifetime;
    }

    private static int Fail(string message)
    {
        Console.Error.WriteLine("error: " + message);
        return 1;
    }
}
