// Which codec encodes which component kind.
using System;
using System.Collections.Generic;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Components;

namespace Aetheris.Protocol.Codec1.Components;

/// <summary>An immutable set of component codecs: <see cref="Standard"/>, and a game's own added by <see cref="With"/>.</summary>
public sealed class Codec1Components
{
    private readonly Dictionary<ushort, ComponentCodec> _byKind;
    private readonly ComponentCodec[] _all;

    private Codec1Components(ComponentCodec[] all)
    {
        Array.Sort(all, static (a, b) => a.Kind.CompareTo(b.Kind));
        _all = all;
        _byKind = new Dictionary<ushort, ComponentCodec>(all.Length);
        foreach (var codec in all)
            _byKind.Add(codec.Kind, codec);
    }

    /// <summary>The 24 replicated kinds of WIRE_FORMAT §8.</summary>
    public static Codec1Components Standard { get; } = new(new ComponentCodec[]
    {
        new TransformCodec(),
        new VelocityCodec(),
        new ShipStatsCodec(),
        new LoadoutCodec(),
        new ShipClassCodec(),
        new PlayerNameCodec(),
        new FactionTagCodec(),
        new AsteroidHpCodec(),
        new AsteroidYieldCodec(),
        new LootDropCodec(),
        new StationCodec(),
        new JumpGateCodec(),
        new ProjectileMarkerCodec(),
        new DockedStateCodec(),
        new RoomDefinitionCodec(),
        new RoomBoundsCodec(),
        new RoomMembershipCodec(),
        new MiningBeamCodec(),
        new CargoHoldCodec(),
        new AsteroidCodec(),
        new WeaponCodec(),
        new ShieldPoolCodec(),
        new HullPoolCodec(),
        new CargoDropCodec(),
    });

    /// <summary>All codecs, ascending by kind.</summary>
    public ReadOnlySpan<ComponentCodec> All => _all;

    /// <summary>This set and one more codec.</summary>
    /// <exception cref="ArgumentException">The kind is taken, or is one that never reaches clients.</exception>
    public Codec1Components With(ComponentCodec codec)
    {
        if (codec.Kind >= ComponentKinds.FirstServerOnly || codec.Kind == ComponentKinds.InputCommand || _byKind.ContainsKey(codec.Kind))
            throw new ArgumentException("component kind " + codec.Kind + " is taken or not replicated", nameof(codec));
        return new Codec1Components([.. _all, codec]);
    }

    /// <summary>The codec of a kind.</summary>
    public bool TryGet(ushort kind, out ComponentCodec codec) => _byKind.TryGetValue(kind, out codec!);

    /// <summary>The codec of a kind and type; keep it instead of looking it up per value.</summary>
    public bool TryGet<T>(ushort kind, out ComponentCodec<T> codec)
        where T : struct, IComponent<T>
    {
        codec = (_byKind.TryGetValue(kind, out var found) ? found as ComponentCodec<T> : null)!;
        return codec is not null;
    }

    /// <summary>The codec with a name.</summary>
    public bool TryGet(string name, out ComponentCodec codec)
    {
        codec = Array.Find(_all, candidate => string.Equals(candidate.Name, name, StringComparison.Ordinal))!;
        return codec is not null;
    }

    /// <summary>Appends a payload; false for a kind without codec or of another type.</summary>
    public bool TryWrite<T>(ByteWriter into, ushort kind, in T value)
        where T : struct, IComponent<T>
    {
        if (!TryGet<T>(kind, out var codec))
            return false;
        codec.Write(into, in value);
        return true;
    }

    /// <summary>Writes a payload into a fixed buffer; false for a kind without codec or of another type, and when it does not fit.</summary>
    public bool TryWrite<T>(Span<byte> destination, ushort kind, in T value, out int written)
        where T : struct, IComponent<T>
    {
        written = 0;
        return TryGet<T>(kind, out var codec) && codec.TryWrite(destination, in value, out written);
    }

    /// <summary>Reads a payload; false for a kind without codec or of another type, and for a payload the original refuses.</summary>
    public bool TryRead<T>(ReadOnlySpan<byte> payload, ushort kind, out T value)
        where T : struct, IComponent<T>
    {
        value = default;
        return TryGet<T>(kind, out var codec) && codec.TryRead(payload, out value);
    }
}
