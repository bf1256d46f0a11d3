// A game's system that is broken while one player is there, to see what becomes of its room.
using Aetheris.World;

namespace Aetheris.Grains.Tests.Harness;

public sealed class ThrowingSystem : ISystem
{
    public const int Victim = 666;

    public string Name => "Throwing";

    public uint Version => 1;

    public void Step(RoomWorld world)
    {
        if (world.Players.TryGet(Make.Player(Victim), out var pilot) && pilot.Connected)
            throw new InvalidOperationException("broken system");
    }
}
