// The first byte of every message between client and gateway.
namespace Aetheris.Protocol.Link;

/// <summary>What a link message carries (DESIGN §3, link envelope); the same on UDP and WebSocket.</summary>
public enum LinkKind : byte
{
    /// <summary>Control: a <see cref="ControlKind"/> byte follows.</summary>
    Control = 0,

    /// <summary>Codec-1 bytes, untouched.</summary>
    Codec1 = 1,

    /// <summary>Codec-2 state.</summary>
    State = 2,

    /// <summary>Inputs for target ticks, and acknowledgements of codec-2 state (<see cref="InputPacket"/>).</summary>
    Input = 3,

    /// <summary>Reliable events of one tick (<see cref="EventBatch"/>).</summary>
    Events = 4,
}
