// One room = one world = one grain: what gateways and directories ask of it.
using Aetheris.Grains.Interfaces.Calls;
using Aetheris.Protocol.Identity;
using Orleans.Concurrency;

namespace Aetheris.Grains.Interfaces.Rooms;

/// <summary>
/// A room, keyed by its name. Every call only touches the room's mailbox or a copy of its figures under the room's lock;
/// the tick itself is not a message (DESIGN §6). Calls interleave, so a slow one never holds inputs back.
/// </summary>
[Alias("aetheris.room")]
public interface IRoomGrain : IGrainWithStringKey
{
    /// <summary>Creates the room from a template, or does nothing when it is open already.</summary>
    /// <returns>The room as it is now.</returns>
    [Alias("open"), AlwaysInterleave]
    Task<RoomListing> OpenAsync(string template);

    /// <summary>Starts (or refreshes) one gateway's frames and answers with a full image to begin from.</summary>
    /// <returns>The image, or a refusal when the room is not open.</returns>
    [Alias("subscribe"), AlwaysInterleave, ByTurns]
    Task<RoomSubscription> SubscribeAsync(GatewayId gateway, IRoomObserver observer);

    /// <summary>
    /// A gateway that has seen the room before asks for its frames again and offers the log it has kept (DESIGN §1.4). A room that is open
    /// answers at once; one that lost its silo first collects the logs of its gateways and plays on from where they lead.
    /// </summary>
    /// <param name="gateway">The gateway.</param>
    /// <param name="observer">Where frames go.</param>
    /// <param name="history">The bytes of a RoomHistory.</param>
    /// <returns>The image to begin from; it carries the events since the gateway's newest tick when <see cref="RoomSubscription.Continues"/>.</returns>
    [Alias("recover"), AlwaysInterleave, ByTurns]
    Task<RoomSubscription> RecoverAsync(GatewayId gateway, IRoomObserver observer, [Immutable] byte[] history);

    /// <summary>Moves the room live to another silo (DESIGN §1.5). The move's end shows in <see cref="RoomListing.LastMove"/>.</summary>
    /// <param name="silo">SiloName of the target.</param>
    [Alias("migrate"), AlwaysInterleave]
    Task<MoveOutcome> MigrateAsync(string silo);

    /// <summary>Ends a gateway's frames. Its players stay: their leaves are commands.</summary>
    [Alias("unsubscribe"), AlwaysInterleave]
    Task UnsubscribeAsync(GatewayId gateway);

    /// <summary>Commands and frame acknowledgement of a gateway: the bytes of a CommandBatch. Lost or repeated batches are harmless.</summary>
    [Alias("submit"), OneWay, AlwaysInterleave, ByTurns]
    Task SubmitAsync([Immutable] byte[] batch);

    /// <summary>Frames that a gateway missed, from the last 128; empty when one of them is no longer kept (ask for a new subscription).</summary>
    /// <param name="epoch">Epoch of the frames.</param>
    /// <param name="fromSeq">First seq.</param>
    /// <param name="toSeq">Last seq, inclusive.</param>
    [Alias("frames"), AlwaysInterleave, ByTurns]
    Task<byte[][]> GetFramesAsync(uint epoch, ulong fromSeq, ulong toSeq);

    /// <summary>Ends a player's connection to this room from outside the gateways (session revoked, changed room).</summary>
    /// <param name="player">Who.</param>
    /// <param name="connection">Connections up to this epoch.</param>
    /// <param name="reason">A LeaveReason.</param>
    [Alias("expel"), AlwaysInterleave]
    Task ExpelAsync(PlayerId player, ConnectionEpoch connection, byte reason);

    /// <summary>State of the room at a tick from its history (Room:HistoryTicks), or now.</summary>
    /// <param name="tick">Server tick, or null for the newest.</param>
    /// <returns>Null when the room is not open or the tick is not kept.</returns>
    [Alias("state"), AlwaysInterleave]
    Task<RoomStateAt?> GetStateAsync(ulong? tick);

    /// <summary>Figures of the room.</summary>
    [Alias("listing"), AlwaysInterleave]
    Task<RoomListing> GetListingAsync();

    /// <summary>The whole room as it is after its newest tick, for a recording or a backup. Costs the room one save.</summary>
    /// <returns>Null when the room is not open.</returns>
    [Alias("save"), AlwaysInterleave]
    Task<SavedRoom?> SaveAsync();

    /// <summary>Opens a room that does not exist yet with the state of another one. Its players have their grace period to come back.</summary>
    /// <param name="saved">That state.</param>
    [Alias("import"), AlwaysInterleave]
    Task<ImportOutcome> ImportAsync([Immutable] SavedRoom saved);
}
