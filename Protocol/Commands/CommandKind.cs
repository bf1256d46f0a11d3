// The kinds of commands: everything that can change a room.
namespace Aetheris.Protocol.Commands;

/// <summary>What a command does. Numbers are in logs and snapshots: never reuse one.</summary>
public enum CommandKind : byte
{
    /// <summary>Not a command.</summary>
    None = 0,

    /// <summary>One input of a pilot for one target tick.</summary>
    Input = 1,

    /// <summary>A player enters, or resumes the ship they left within the grace period.</summary>
    Join = 2,

    /// <summary>A player's connection ends; the ship stays for the grace period unless the reason says otherwise.</summary>
    Leave = 3,

    /// <summary>Privileged: spawn one entity owned by the sender.</summary>
    Spawn = 4,

    /// <summary>Privileged: spawn many entities at random places.</summary>
    StressTest = 5,

    /// <summary>Privileged: remove every entity.</summary>
    ClearWorld = 6,

    /// <summary>A gateway is gone: its sequence is forgotten and its players enter their grace period.</summary>
    GatewayGone = 7,

    /// <summary>First number for a game's own commands (WorldBuilder.AddCommand).</summary>
    FirstCustom = 128,
}
