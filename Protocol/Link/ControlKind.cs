// The kinds of control messages.
namespace Aetheris.Protocol.Link;

/// <summary>
/// Second byte of a control message. Accept, Reject, Redirect, Close, AuthResult, Say and Chat travel reliable-ordered;
/// Clock, InputAck and Pause are newest-wins and travel unreliable: a lost one is replaced by the next.
/// </summary>
public enum ControlKind : byte
{
    /// <summary>Gateway → client: the connection is in its room.</summary>
    Accept = 1,

    /// <summary>Gateway → client: refused; the connection closes.</summary>
    Reject = 2,

    /// <summary>Gateway → client: where the room's clock is.</summary>
    Clock = 3,

    /// <summary>Gateway → client: which inputs arrived and which were applied.</summary>
    InputAck = 4,

    /// <summary>Gateway → client, 20 Hz while the room is silent: wait, do not leave.</summary>
    Pause = 5,

    /// <summary>Gateway → client: go on at another gateway.</summary>
    Redirect = 6,

    /// <summary>Either way: this connection is over, for a reason.</summary>
    Close = 7,

    /// <summary>Client → gateway: answer with <see cref="Pong"/>.</summary>
    Ping = 8,

    /// <summary>Gateway → client: the stamp of a <see cref="Ping"/>, the newest tick, and when the ping was received.</summary>
    Pong = 9,

    /// <summary>Gateway → client: what became of a token that was presented on the live connection; the connection goes on.</summary>
    AuthResult = 10,

    /// <summary>Client → gateway: a line for everybody in the room.</summary>
    Say = 11,

    /// <summary>Gateway → client, if its connect request asked for it: what somebody in the room said.</summary>
    Chat = 12,
}
