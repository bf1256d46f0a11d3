// The token that a client exchanges for the next access token.
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Aetheris.Protocol.Identity;

namespace Aetheris.Auth.Tokens;

/// <summary>
/// Opaque to clients: the sign-in it belongs to (its family) and 256 random bits that are used once. The server keeps only the hash, so
/// that storage gives nobody a token. Printing it shows only the family's beginning.
/// </summary>
public sealed class RefreshToken
{
    /// <summary>Characters of the text form.</summary>
    public const int TextLength = FamilyLength + 1 + SecretLength;

    private const int FamilyLength = 26;
    private const int SecretBytes = 32;
    private const int SecretLength = 43;

    private RefreshToken(string family, byte[] secret)
    {
        Family = family;
        Text = $"{family}.{Base64Url.EncodeToString(secret)}";
        Hash = SHA256.HashData(secret);
    }

    /// <summary>Identity of the sign-in: 128 random bits.</summary>
    public string Family { get; }

    /// <summary>What the client keeps: a secret.</summary>
    public string Text { get; }

    /// <summary>What the server keeps: SHA-256 of the secret.</summary>
    public byte[] Hash { get; }

    /// <summary>The first token of a new sign-in.</summary>
    public static RefreshToken Create() => new(TokenIssuer.NewPlayer().ToString(), RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>The next token of the same sign-in.</summary>
    public RefreshToken Next() => new(Family, RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>Reads the text form; false for anything else.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out RefreshToken? token)
    {
        token = null;
        if (text is null || text.Length != TextLength || text[FamilyLength] != '.'
            || !PlayerId.TryParse(text[..FamilyLength], out var family) || family.IsNone)
        {
            return false;
        }

        var secret = new byte[SecretBytes];
        if (!Base64Url.IsValid(text.AsSpan(FamilyLength + 1), out var length) || length != SecretBytes
            || !Base64Url.TryDecodeFromChars(text.AsSpan(FamilyLength + 1), secret, out _))
        {
            return false;
        }

        // Upper case: one family has one name.
        token = new RefreshToken(family.ToString(), secret);
        return true;
    }

    /// <inheritdoc />
    public override string ToString() => $"refresh token {Family[..4]}…";
}
