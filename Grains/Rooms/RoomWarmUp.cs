// Moves a small room from this silo to itself before anybody plays: the first real move then costs no compiling.
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Identity;
using Aetheris.World;
using Microsoft.Extensions.Logging;

namespace Aetheris.Grains.Rooms;

/// <summary>Packs, unpacks and ticks a throw-away world a few times (DESIGN §6: the first move each way costs ~80 ms, most of it JIT).</summary>
internal sealed partial class RoomWarmUp(RoomHosting hosting) : IStartupTask
{
    private const int Rounds = 40;

    /// <inheritdoc />
    public Task Execute(CancellationToken cancellationToken)
    {
        try
        {
            Run(cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A silo that could not warm up is still a silo.
            LogFailed(hosting.Logger, exception);
        }

        return Task.CompletedTask;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The warm-up of moves failed")]
    private static partial void LogFailed(ILogger logger, Exception exception);

    private void Run(CancellationToken cancellationToken)
    {
        var world = new RoomWorld(hosting.Definition, new RoomSettings());
        var changes = new ChangeSet();
        for (var round = 0; round < Rounds && !cancellationToken.IsCancellationRequested; round++)
        {
            world.BeginTick();
            world.Apply(new Command { Kind = CommandKind.Join, Player = new PlayerId(1, (ulong)round + 1), Connection = new ConnectionEpoch(1), Name = "warm-up" });
            world.Step();
            world.Extract(changes);
            var bytes = hosting.Carrier.Pack(new RoomState
            {
                World = world,
                Epoch = 1,
                Template = "warm-up",
                Move = new MoveStamp(hosting.Silo, hosting.Time.GetUtcNow(), hosting.Time.GetUtcNow()),
            });
            if (!hosting.Carrier.TryUnpack(bytes, out var state, out var reason))
                throw new InvalidOperationException(reason);
            world = state.World;
        }
    }
}
