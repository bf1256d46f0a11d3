// The one way to change a room: a tagged union that gateways send, rooms log and World applies.
using System;
using Aetheris.Protocol.Identity;

namespace Aetheris.Protocol.Commands;

/// <summary>
/// A command with everything World needs: verdicts about roles and clocks are taken before the log (DESIGN §1.1).
/// Only the fields of its <see cref="Kind"/> travel; the others are default.
/// </summary>
public struct Command
{
    /// <summary>What it does.</summary>
    public CommandKind Kind;

    /// <summary>Who sent it; <see cref="GatewayId.None"/> for the room's own commands.</summary>
    public GatewayId Gateway;

    /// <summary>Counts the gateway's commands to this room from 1; 0 for the room's own.</summary>
    public ulong Sequence;

    /// <summary>The player it is about (all but <see cref="CommandKind.GatewayGone"/>).</summary>
    public PlayerId Player;

    /// <summary>The player's connection; older ones than the room knows are logged and have no effect.</summary>
    public ConnectionEpoch Connection;

    /// <summary><see cref="CommandKind.Input"/>: the input.</summary>
    public ShipInput Input;

    /// <summary><see cref="CommandKind.Join"/>: watch without a ship.</summary>
    public bool Spectator;

    /// <summary><see cref="CommandKind.Join"/>, privileged kinds: the verdict that the sender's role or environment allows privileged acts.</summary>
    public bool Privileged;

    /// <summary><see cref="CommandKind.Join"/>: name shown over the ship, at most <see cref="CommandCodec.MaxNameBytes"/> bytes of UTF-8.</summary>
    public string? Name;

    /// <summary><see cref="CommandKind.Leave"/>: why.</summary>
    public LeaveReason Reason;

    /// <summary><see cref="CommandKind.Spawn"/>: WORLD_RULES §4. <see cref="CommandKind.Join"/>: type of the ship, 0 = Interceptor.</summary>
    public ushort EntityType;

    /// <summary><see cref="CommandKind.Spawn"/>: metres.</summary>
    public float X;

    /// <summary><see cref="CommandKind.Spawn"/>: metres.</summary>
    public float Y;

    /// <summary><see cref="CommandKind.Spawn"/>: radians.</summary>
    public float Rotation;

    /// <summary><see cref="CommandKind.StressTest"/>: entities.</summary>
    public ushort Count;

    /// <summary><see cref="CommandKind.StressTest"/>: random rotations.</summary>
    public bool Rotate;

    /// <summary><see cref="CommandKind.GatewayGone"/>: which gateway.</summary>
    public GatewayId GoneGateway;

    /// <summary>A game's own command: its bytes, at most <see cref="CommandCodec.MaxPayloadBytes"/>.</summary>
    public ReadOnlyMemory<byte> Payload;
}
