// A whole client: copy it into your game and put your drawing and your keys where it says so.
using Aetheris.Client;
using Aetheris.Client.Connection;
using Aetheris.Client.Input;
using Aetheris.Client.Matching;
using Aetheris.Client.Time;
using Aetheris.Protocol.Components;
using Aetheris.Protocol.Identity;

namespace MyGame;

public static class FlySample
{
    /// <summary>Joins a room, flies until told to stop, leaves. Call it from the thread that draws.</summary>
    public static void Run(string server, string name, Func<PilotIntent> keys, Action<ulong, ushort, float, float, float> draw, Func<bool> goesOn)
    {
        using var http = new HttpClient();
        var match = new MatchClient(http, server, guestName: name);
        using var client = new AetherisClient(new ClientOptions { Room = "playground" }, match, StopwatchClock.Instance);

        // Released when the picture has reached their tick: play sounds and explosions here.
        client.EventReleased += e => Console.WriteLine($"{e.Tick}: {e.Kind} {e.Entity}");
        client.Start();

        while (goesOn() && client.State != ClientState.Disconnected)
        {
            // What the player holds; the client sends it with every tick, just in time.
            client.Intent = keys();
            client.Poll();

            // Everybody where they are to be drawn now, the own ship ahead of the rest by the time an input needs to the room.
            var kinds = client.View.Column<Transform>(ComponentKinds.Transform);
            for (var slot = 0; slot < client.View.SlotCount; slot++)
            {
                NetworkId id = client.View.IdOf(slot);
                if (kinds.Has(slot) && client.Scene.TryGet(id, out var place))
                    draw(id.Value, kinds[slot].EntityType, place.X, place.Y, place.Rotation);
            }

            // Engines call this once per frame instead; the more often, the shorter the way of an input.
            Thread.Sleep(1);
        }

        if (client.LastFailure is { IsFinal: true } failure)
            Console.WriteLine(failure.Text);
        client.Leave();
        for (var i = 0; i < 300; i++)
        {
            client.Poll();
            Thread.Sleep(1);
        }
    }
}
