// One mail to send.
namespace Aetheris.Gateway.SignIn.Email;

/// <summary>A code on its way. Printing it shows neither.</summary>
/// <param name="To">Address.</param>
/// <param name="Code">Six digits: a secret.</param>
public sealed record CodeMail(string To, string Code)
{
    /// <inheritdoc />
    public override string ToString() => "a code";
}
