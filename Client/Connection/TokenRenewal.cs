// Keeps the lease of a flying client alive: fetches the next token in time and shows it to the gateway.
using System;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Aetheris.Client.Matching;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Codec1.Events;
using Aetheris.Protocol.Link;

namespace Aetheris.Client.Connection;

/// <summary>One question at a time, polled. A failure is tried again until the token is over; then the gateway says so.</summary>
internal sealed class TokenRenewal : IDisposable
{
    private const long RetryMicros = 5_000_000;

    private readonly ITokenSource? _tokens;
    private readonly GatewayLink _link;
    private readonly ByteWriter _message = new(1024);
    private readonly CancellationTokenSource _stop = new();
    private Task<string>? _call;
    private long _nextAt;

    public TokenRenewal(IMatchmaker matchmaker, GatewayLink link)
    {
        _tokens = matchmaker as ITokenSource;
        _link = link;
    }

    /// <summary>Does what is due; the client is in its room and the link is open.</summary>
    public void Poll(long now)
    {
        if (_tokens is null || (_call is null && (now < _nextAt || !_tokens.IsRenewalDue)))
            return;
        if (_call is null)
        {
            _call = BeginAsync(_tokens);
            return;
        }

        if (!_call.IsCompleted)
            return;
        var done = _call;
        _call = null;
        if (done.Status == TaskStatus.RanToCompletion)
        {
            Show(done.Result);
            return;
        }

        _ = done.Exception;
        _nextAt = now + RetryMicros;
    }

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private async Task<string> BeginAsync(ITokenSource tokens) => await tokens.RenewAsync(_stop.Token).ConfigureAwait(false);

    // The original's way to show a token in flight, whatever codec the state has.
    private void Show(string token)
    {
        _message.Clear();
        _message.WriteByte((byte)LinkKind.Codec1);
        new WireEvent { Kind = WireEventKind.Auth, SessionToken = Encoding.UTF8.GetBytes(token) }.Write(_message);
        _link.SendReliable(_message.Written);
    }
}
