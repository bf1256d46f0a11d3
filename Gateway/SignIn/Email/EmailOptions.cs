// How codes reach people.
using System.Globalization;
using Aetheris.Auth;

namespace Aetheris.Gateway.SignIn.Email;

/// <summary>Section <c>Email</c> of sign-in. Nothing set: no sign-in by e-mail; in Development mails become files.</summary>
public sealed class EmailOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = AuthOptions.Section + ":Email";

    /// <summary>SMTP server: host, or host:port (587).</summary>
    public string? Smtp { get; set; }

    /// <summary>How the connection to it is protected.</summary>
    public SmtpSecurity Security { get; set; } = SmtpSecurity.StartTls;

    /// <summary>User, if the server wants one.</summary>
    public string? User { get; set; }

    /// <summary>The user's password.</summary>
    public string? Password { get; set; }

    /// <summary>Sender, such as <c>Aetheris &lt;play@example.org&gt;</c>.</summary>
    public string? From { get; set; }

    /// <summary>Folder for mails as files instead, in Development only. Unset: <c>aetheris/mail</c> of the user, when there is no server.</summary>
    public string? DropFolder { get; set; }

    /// <summary>Host and port of <see cref="Smtp"/>.</summary>
    public (string Host, int Port) ReadServer()
    {
        var text = Smtp ?? string.Empty;
        var colon = text.LastIndexOf(':');
        if (colon < 0 || text.EndsWith(']'))
            return (text.Trim('[', ']'), 587);
        return (text[..colon].Trim('[', ']'), int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : 0);
    }
}
