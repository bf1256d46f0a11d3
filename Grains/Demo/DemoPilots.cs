// A few ships that fly by themselves among asteroids, so that a newcomer sees motion and finds something to do.
using Aetheris.Grains.Pipeline;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Identity;
using Aetheris.World;

namespace Aetheris.Grains.Demo;

/// <summary>Pilots without a connection: they join and steer by commands of the room's own, each tick's a function of tick and pilot alone.</summary>
public sealed class DemoPilots
{
    private const ulong IdPrefix = 0x0064_656D_6F70_696C;
    private const float Tau = 2 * MathF.PI;
    private const int Asteroids = 14;
    private const float GoldenAngle = 2.3999631f;
    private const float NearestMetres = 45;
    private const float FarthestMetres = 225;

    private static readonly ConnectionEpoch OnlyConnection = new(1);
    private static readonly string[] Names = ["Vega", "Altair", "Mira", "Rigel", "Lyra", "Orion", "Castor", "Electra"];

    private readonly int _count;
    private int _joined;

    /// <summary>Creates pilots.</summary>
    /// <param name="count">How many fly.</param>
    /// <param name="room">Players of the room: pilots that fly in it already do not join again.</param>
    public DemoPilots(int count, PlayerTable? room = null)
    {
        _count = count;
        while (room is not null && _joined < count && room.TryGet(PlayerOf(_joined), out _))
            _joined++;
    }

    /// <summary>Whether a player is one of them: they have no session.</summary>
    public static bool IsPilot(PlayerId player) => player.High == IdPrefix;

    /// <summary>Puts everybody's commands for a tick into the mailbox.</summary>
    /// <param name="tick">The tick that comes next.</param>
    /// <param name="mailbox">Mailbox of the room.</param>
    public void Fly(ulong tick, RoomMailbox mailbox)
    {
        if (_joined == 0 && _count > 0)
            Scatter(mailbox);
        for (; _joined < _count; _joined++)
        {
            mailbox.Post(new Command
            {
                Kind = CommandKind.Join,
                Player = PlayerOf(_joined),
                Connection = OnlyConnection,
                Name = Names[_joined % Names.Length],
                EntityType = TypeOf(_joined),
            });
        }

        for (var i = 0; i < _count; i++)
            mailbox.Post(new Command { Kind = CommandKind.Input, Player = PlayerOf(i), Connection = OnlyConnection, Input = InputFor(tick, i) });
    }

    /// <summary>What one pilot does in one tick: wide arcs of changing curvature at changing thrust, no two alike.</summary>
    /// <param name="tick">Server tick.</param>
    /// <param name="pilot">0 and up.</param>
    public static ShipInput InputFor(ulong tick, int pilot)
    {
        var arc = Wave(tick, 420 + (37 * pilot), pilot * 0.37f);
        var weave = Wave(tick, 137 + (11 * pilot), pilot * 0.61f);
        var heading = Tau * (pilot * 0.618034f) + (2.4f * MathF.Sin(arc)) + (Tau * (tick % 1800) / 1800f * (pilot % 2 == 0 ? 1 : -1));
        var thrust = 0.65f + (0.35f * MathF.Sin(weave));
        return new ShipInput { TargetTick = tick, MoveX = thrust * MathF.Cos(heading), MoveY = thrust * MathF.Sin(heading) };
    }

    // A new room only: what a room that was moved or recovered has is in its state.
    private static void Scatter(RoomMailbox mailbox)
    {
        for (var i = 0; i < Asteroids; i++)
        {
            var distance = NearestMetres + ((FarthestMetres - NearestMetres) * MathF.Sqrt((i + 0.5f) / Asteroids));
            mailbox.Post(new Command
            {
                Kind = CommandKind.Spawn,
                Privileged = true,
                EntityType = EntityTypes.Asteroid,
                X = distance * MathF.Cos(i * GoldenAngle),
                Y = distance * MathF.Sin(i * GoldenAngle),
            });
        }
    }

    private static ushort TypeOf(int pilot) => (pilot % 8) switch
    {
        3 or 7 => EntityTypes.Hauler,
        5 => EntityTypes.Dreadnought,
        _ => EntityTypes.Interceptor,
    };

    private static float Wave(ulong tick, int period, float phase) => Tau * (((tick % (ulong)period) / (float)period) + phase);

    private static PlayerId PlayerOf(int pilot) => new(IdPrefix, (ulong)pilot + 1);
}
