// Finds out who wants to connect: reads the connect request, then has its token verified.
using Aetheris.Auth.Connect;
using Aetheris.Auth.Tokens;
using Aetheris.Gateway.Replication;
using Aetheris.Protocol;
using Aetheris.Protocol.Link;

namespace Aetheris.Gateway.Connections;

/// <summary>
/// One per connection. The verification is polled, so that nothing here is ever called from elsewhere. A transport that let its client in
/// by a token brings the claims with it, and the request has an empty one.
/// </summary>
internal sealed class ConnectHandshake
{
    private readonly IConnectTokens _tokens;
    private Task<TokenResult<SealedIdentity>>? _verify;
    private ConnectClaims? _shown;

    /// <summary>Creates a handshake.</summary>
    public ConnectHandshake(IConnectTokens tokens) => _tokens = tokens;

    /// <summary>Whether the request asks to watch.</summary>
    public bool RequestSpectates { get; private set; }

    /// <summary>The codec that the request asks for.</summary>
    public Audience RequestCodec { get; private set; }

    /// <summary>Whether the request asks for codec-1 events.</summary>
    public bool RequestCodec1Events { get; private set; }

    /// <summary>Whether the request asks for chat.</summary>
    public bool RequestChat { get; private set; }

    /// <summary>Reads the request and begins to verify its token; a refusal when the request itself is no good.</summary>
    /// <param name="data">The request.</param>
    /// <param name="shown">What the transport knows of its client, whose token is used; or null.</param>
    public Refusal? Begin(ReadOnlySpan<byte> data, ConnectClaims? shown)
    {
        if (!ConnectRequest.TryRead(data, out var request))
            return new Refusal(CloseReason.BadToken, "malformed", "The first message is not a connect request.");
        if (request.LinkVersion != ProtocolVersions.Link)
            return new Refusal(CloseReason.UnsupportedVersion, "version", $"The client speaks link version {request.LinkVersion}, this gateway {ProtocolVersions.Link}; update the client.");
        if (request.Codec is not (1 or 2))
            return new Refusal(CloseReason.UnsupportedVersion, "codec", $"Codec {request.Codec} is not served here; use codec 2 or 1.");
        RequestCodec = request.Codec == 1 ? Audience.Codec1 : Audience.Codec2;
        RequestSpectates = request.Spectate;
        RequestCodec1Events = request.Codec1Events;
        RequestChat = request.Chat;
        if (shown is not null && request.Token.Length > 0)
            return new Refusal(CloseReason.BadToken, "malformed", "Over UDP the token is shown by the first datagram alone.");
        _shown = shown;
        _verify = shown is null ? _tokens.VerifyAsync(request.Token) : null;
        return null;
    }

    /// <summary>Whether the verification is over, once.</summary>
    /// <param name="claims">What a genuine token says, even if it was used before.</param>
    /// <param name="refusal">Null when the token lets its bearer in.</param>
    public bool TryEnd(out ConnectClaims? claims, out Refusal? refusal)
    {
        claims = _shown;
        refusal = null;
        if (_shown is not null)
            return true;
        if (_verify is not { IsCompleted: true } done)
            return false;
        _verify = null;
        if (!done.IsCompletedSuccessfully)
        {
            _ = done.Exception;
            refusal = new Refusal(CloseReason.BadToken, "error");
            return true;
        }

        claims = done.Result.Claims?.Claims;
        if (claims is null)
        {
            var failure = done.Result.Failure;
            refusal = new Refusal(
                failure == TokenFailure.Expired ? CloseReason.ExpiredToken : CloseReason.BadToken,
                failure.ToLabel(),
                $"Refused: {failure.ToText()}; ask for a match again.");
        }
        else if (!_tokens.TryUse(claims))
        {
            refusal = new Refusal(CloseReason.UsedToken, "used");
        }

        return true;
    }
}
