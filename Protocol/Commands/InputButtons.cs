// The discrete part of an input.
using System;

namespace Aetheris.Protocol.Commands;

/// <summary>Held and edge actions of one input.</summary>
[Flags]
public enum InputButtons : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Edge: switch the mining beam, with <see cref="ShipInput.MiningTarget"/>.</summary>
    ToggleMining = 1,

    /// <summary>Edge: fire once.</summary>
    FirePrimary = 2,

    /// <summary>Held: fire whenever the weapon is ready (ACTION_FIRE_WEAPON, the same bit as in the original's mask).</summary>
    Fire = 4,
}
