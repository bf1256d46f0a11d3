// What counts as an e-mail address, and as the same one.
using System.Diagnostics.CodeAnalysis;
using MimeKit;

namespace Aetheris.Gateway.SignIn.Email;

/// <summary>The original's normal form (CONTROL_PLANE §1): without spaces around it, in lower case.</summary>
public static class EmailAddress
{
    private const int MaxLength = 254;

    /// <summary>Reads an address; false for whatever no mail can be sent to. Only plain ASCII addresses: none can look like another.</summary>
    public static bool TryRead(string? text, [NotNullWhen(true)] out string? address)
    {
        address = null;
        var plain = text?.Trim().ToLowerInvariant();
        if (string.IsNullOrEmpty(plain) || plain.Length > MaxLength)
            return false;
        foreach (var letter in plain)
        {
            if (letter is <= ' ' or >= '\x7f' or '<' or '>' or '(' or ')' or ',' or ';' or ':' or '"' or '\\' or '[' or ']')
                return false;
        }

        if (!MailboxAddress.TryParse(plain, out var mailbox) || !string.Equals(mailbox.Address, plain, StringComparison.Ordinal) || plain.IndexOf('@') < 1)
            return false;
        address = plain;
        return true;
    }
}
