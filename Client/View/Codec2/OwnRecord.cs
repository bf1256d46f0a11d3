// The own ship's exact state, as it travels beside the blocks.
using Aetheris.Protocol.Codec2;
using Aetheris.Protocol.Components;
using Aetheris.Protocol.Identity;

namespace Aetheris.Client.View.Codec2;

/// <summary>Newest wins. A datagram with a status but without a state says that the newest state still holds. A mutable struct.</summary>
internal struct OwnRecord
{
    private ulong _tick;
    private bool _hasState;
    private float _x;
    private float _y;
    private float _vx;
    private float _vy;
    private float _rotation;

    /// <summary>Takes what a datagram says.</summary>
    public void Take(in StateDatagram head)
    {
        if (!head.HasStatus || head.Tick < _tick)
            return;
        _tick = head.Tick;
        if (!head.HasOwnState)
            return;
        _hasState = true;
        _x = head.X;
        _y = head.Y;
        _vx = head.VX;
        _vy = head.VY;
        _rotation = head.Rotation;
    }

    /// <summary>Another ship was given at a tick: what is older belongs to the one before.</summary>
    public void ForgetBefore(ulong tick) => _hasState &= _tick >= tick;

    /// <summary>Whether an entity's motion comes from here.</summary>
    public readonly bool Covers(NetworkId id, ClientView view) => _hasState && id == view.OwnShip;

    /// <summary>Puts the state into the view, where its ship is known.</summary>
    public readonly void Apply(ClientView view, ViewColumn<Transform> places, ViewColumn<Velocity> velocities)
    {
        if (!_hasState || !view.TryGetSlot(view.OwnShip, out var slot) || !places.Has(slot))
            return;
        var type = places[slot].EntityType;
        places.Set(slot, _tick, new Transform { X = _x, Y = _y, Rotation = _rotation, EntityType = type });
        velocities.Set(slot, _tick, new Velocity { X = _vx, Y = _vy });
    }
}
