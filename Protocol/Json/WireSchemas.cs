// The schemas of everything in codec 1. Names and order are WIRE_FORMAT §3 and §8.
using System.Collections.Generic;
using Aetheris.Protocol.Components;

namespace Aetheris.Protocol.Json;

/// <summary>Schemas of events and component payloads.</summary>
public static class WireSchemas
{
    private static readonly WireSchema I = WireSchema.Integer;
    private static readonly WireSchema F = WireSchema.Single;
    private static readonly WireSchema ShipClass = WireSchema.Enum(("Interceptor", null), ("Dreadnought", null), ("Hauler", null));
    private static readonly WireSchema OreType = WireSchema.Enum(("RawOre", null));
    private static readonly WireSchema ProjectileType = WireSchema.Enum(("PulseLaser", null), ("SeekerMissile", null));
    private static readonly WireSchema RoomAccess = WireSchema.Enum(("Open", null), ("Permission", WireSchema.Text), ("InviteOnly", null), ("Locked", null));
    private static readonly WireSchema Tick = WireSchema.Struct(("tick", I));
    private static readonly WireSchema EntityId = WireSchema.Struct(("network_id", I));

    /// <summary>GameEvent.</summary>
    public static WireSchema GameEvent { get; } = WireSchema.Enum(
        ("AsteroidDepleted", EntityId),
        ("Possession", EntityId),
        ("SystemManifest", WireSchema.Struct(("manifest", WireSchema.TextMap))),
        ("DamageEvent", WireSchema.Struct(("source", I), ("target", I), ("amount", I))),
        ("DeathEvent", WireSchema.Struct(("target", I))),
        ("RespawnEvent", WireSchema.Struct(("target", I), ("x", F), ("y", F))),
        ("CargoCollected", WireSchema.Struct(("network_id", I), ("amount", I))));

    /// <summary>WireEvent.</summary>
    public static WireSchema WireEvent { get; } = WireSchema.Enum(
        ("Ping", Tick),
        ("Pong", Tick),
        ("Auth", WireSchema.Struct(("session_token", WireSchema.Text))),
        ("Fragment", WireSchema.Struct(("message_id", I), ("fragment_index", I), ("total_fragments", I), ("payload", WireSchema.Bytes))),
        ("StressTest", WireSchema.Struct(("count", I), ("rotate", WireSchema.Boolean))),
        ("Spawn", WireSchema.Struct(("entity_type", I), ("x", F), ("y", F), ("rot", F))),
        ("ClearWorld", null),
        ("StartSession", null),
        ("RequestSystemManifest", null),
        ("GameEvent", GameEvent),
        ("ReplicationBatch", WireSchema.Sequence(WireSchema.Struct(("network_id", I), ("component_kind", I), ("payload", WireSchema.Bytes), ("tick", I)))));

    /// <summary>InputCommand.</summary>
    public static WireSchema InputCommand { get; } = WireSchema.Struct(
        ("tick", I),
        ("actions", WireSchema.Sequence(WireSchema.Enum(
            ("Move", WireSchema.Struct(("x", F), ("y", F))),
            ("ToggleMining", WireSchema.Struct(("target", I))),
            ("FirePrimary", null)))),
        ("actions_mask", I),
        ("last_seen_input_tick", WireSchema.Option(I)));

    /// <summary>ProjectileMarkerLegacy.</summary>
    public static WireSchema ProjectileMarkerLegacy { get; } = WireSchema.Struct(("projectile_type", ProjectileType), ("origin_tick", I), ("owner", I));

    /// <summary>Replicated components by kind.</summary>
    public static IReadOnlyDictionary<ushort, WireSchema> Components { get; } = new Dictionary<ushort, WireSchema>
    {
        [ComponentKinds.Transform] = WireSchema.Struct(("x", F), ("y", F), ("z", F), ("rotation", F), ("entity_type", I)),
        [ComponentKinds.Velocity] = WireSchema.Struct(("dx", F), ("dy", F), ("dz", F)),
        [ComponentKinds.ShipStats] = WireSchema.Struct(("hp", I), ("max_hp", I), ("shield", I), ("max_shield", I), ("energy", I), ("max_energy", I), ("shield_regen_per_s", I), ("energy_regen_per_s", I)),
        [ComponentKinds.Loadout] = WireSchema.Struct(("ship_class", ShipClass), ("weapon_ids", WireSchema.Sequence(I, 6)), ("weapon_count", I), ("hull_tier", I), ("engine_tier", I), ("shield_tier", I)),
        [ComponentKinds.ShipClassComponent] = ShipClass,
        [ComponentKinds.PlayerName] = WireSchema.Struct(("name", WireSchema.Text)),
        [ComponentKinds.FactionTag] = WireSchema.Struct(("faction_id", I)),
        [ComponentKinds.AsteroidHp] = WireSchema.Struct(("hp", I), ("max_hp", I)),
        [ComponentKinds.AsteroidYield] = WireSchema.Struct(("ore_type", OreType), ("ore_per_destroy", I)),
        [ComponentKinds.LootDrop] = WireSchema.Struct(("ore_type", OreType), ("quantity", I)),
        [ComponentKinds.Station] = WireSchema.Struct(("position", WireSchema.Sequence(F, 2)), ("safe_zone_radius", F)),
        [ComponentKinds.JumpGate] = WireSchema.Struct(("destination_sector", I), ("activation_radius", F)),
        [ComponentKinds.ProjectileMarker] = WireSchema.Struct(("projectile_type", ProjectileType), ("spawn_pos", WireSchema.Sequence(F, 2)), ("max_range", F), ("owner", I), ("lifetime_ticks", I)),
        [ComponentKinds.DockedState] = WireSchema.Struct(("station_id", I), ("docked_at_tick", I)),
        [ComponentKinds.RoomDefinition] = WireSchema.Struct(("name", WireSchema.Text), ("capacity", I), ("access", RoomAccess), ("is_template", WireSchema.Boolean)),
        [ComponentKinds.RoomBounds] = WireSchema.Struct(("min_x", F), ("min_y", F), ("max_x", F), ("max_y", F)),
        [ComponentKinds.RoomMembership] = I,
        [ComponentKinds.MiningBeam] = WireSchema.Struct(("active", WireSchema.Boolean), ("target", WireSchema.Option(I)), ("mining_range", F), ("base_mining_rate", I)),
        [ComponentKinds.CargoHold] = WireSchema.Struct(("ore_count", I), ("capacity", I)),
        [ComponentKinds.Asteroid] = WireSchema.Struct(("ore_remaining", I), ("total_capacity", I)),
        [ComponentKinds.Weapon] = WireSchema.Struct(("cooldown_ticks", I), ("last_fired_tick", I)),
        [ComponentKinds.ShieldPool] = WireSchema.Struct(("current", I), ("max", I)),
        [ComponentKinds.HullPool] = WireSchema.Struct(("current", I), ("max", I)),
        [ComponentKinds.CargoDrop] = WireSchema.Struct(("quantity", I)),
    };
}
