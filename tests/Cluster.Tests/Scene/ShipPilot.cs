// Flies a client's own ship to a place with Move inputs, by what its view shows.
using Aetheris.Client;
using Aetheris.Client.Input;
using Aetheris.Protocol.Components;
using Aetheris.Protocol.Identity;
using Aetheris.World;

namespace Aetheris.Cluster.Tests.Scene;

internal sealed class ShipPilot(AetherisClient client)
{
    // Speed per metre of distance, and thrust per m/s that is missing: both 1/s. Slow enough for a view that is some ticks old.
    private const float Approach = 2f;
    private const float Response = 5f;
    private const float NearlyStill = 2f;

    public NetworkId Ship => client.View.OwnShip;

    public int Ore => client.View.TryGet<CargoHold>(Ship, ComponentKinds.CargoHold, out var hold, out _) ? hold.OreCount : 0;

    public void Rest() => client.Intent = PilotIntent.Neutral;

    /// <summary>Metres to a place by the shortest way over the room's edges; infinite while there is no ship.</summary>
    public float DistanceTo(float x, float y) =>
        TrySee(out var place, out _, out var bounds) ? MathF.Sqrt(Torus.DistanceSquared(place, new Transform { X = x, Y = y }, bounds)) : float.PositiveInfinity;

    /// <summary>Steers towards a place.</summary>
    /// <returns>Whether the ship is that near and slow.</returns>
    public bool FlyTo(float x, float y, float within)
    {
        if (!TrySee(out var place, out var velocity, out var bounds) || !EntityTypes.TryGet(place.EntityType, out var type) || type.Body is not { } body)
            return false;
        Torus.Delta(place, new Transform { X = x, Y = y }, bounds, out var dx, out var dy);
        var distance = MathF.Sqrt((dx * dx) + (dy * dy));
        var acceleration = body.ThrustForce / (body.BaseMass + (Ore * body.MassPerOre));
        var speed = MathF.Min(distance * Approach, acceleration / body.Drag);
        var (wantedX, wantedY) = distance > 0.01f ? (dx / distance * speed, dy / distance * speed) : (0, 0);
        var moveX = (((wantedX - velocity.X) * Response) + (velocity.X * body.Drag)) / acceleration;
        var moveY = (((wantedY - velocity.Y) * Response) + (velocity.Y * body.Drag)) / acceleration;
        client.Intent = new PilotIntent(Math.Clamp(moveX, -1, 1), Math.Clamp(moveY, -1, 1), Fire: false);
        return distance < within && MathF.Abs(velocity.X) + MathF.Abs(velocity.Y) < NearlyStill;
    }

    private bool TrySee(out Transform place, out Velocity velocity, out RoomBounds bounds)
    {
        velocity = default;
        bounds = default;
        return client.View.TryGet(Ship, ComponentKinds.Transform, out place, out _)
            && client.View.TryGet(Ship, ComponentKinds.Velocity, out velocity, out _)
            && client.View.TryGet<RoomMembership>(Ship, ComponentKinds.RoomMembership, out var membership, out _)
            && client.View.TryGet(new NetworkId(membership.Room), ComponentKinds.RoomBounds, out bounds, out _);
    }
}
