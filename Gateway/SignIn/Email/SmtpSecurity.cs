// Protection of the way to the mail server.
namespace Aetheris.Gateway.SignIn.Email;

/// <summary><c>Auth:Email:Security</c>.</summary>
public enum SmtpSecurity
{
    /// <summary>TLS after the greeting, or no mail.</summary>
    StartTls = 0,

    /// <summary>TLS from the first byte.</summary>
    Tls = 1,

    /// <summary>None: only to a server on this machine, or in Development.</summary>
    None = 2,
}
