// Hosts a room: Orleans places, finds and moves it, the clock ticks it.
using System.Diagnostics;
using Aetheris.Grains.Interfaces.Rooms;
using Aetheris.Grains.Recovery;
using Aetheris.Grains.Silos;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Identity;

namespace Aetheris.Grains.Rooms;

/// <summary>
/// The grain of a room. A tick is not a message (DESIGN §6): calls only touch the mailbox or take the room's lock for a moment.
/// Directory and sessions hear of the room from a grain timer, never from the tick. How it comes and goes is in RoomGrain.Life.cs.
/// </summary>
[KeepAlive, RoomPlacement]
public sealed partial class RoomGrain : Grain, IRoomGrain, IGrainMigrationParticipant, IDisposable
{
    private readonly RoomHosting _hosting;
    private readonly RoomAlarms _alarms;
    private readonly RoomReporter _reporter;
    private readonly RoomMover _mover;
    private readonly RoomOpening _opener;
    private Task? _opening;
    private RoomStay? _stay;
    private RoomState? _arrived;
    private string? _doubt;
    private ActivityContext _trace;
    private int _looks;

    /// <summary>Created by Orleans.</summary>
    public RoomGrain(RoomHosting hosting, IGrainContext context, IGrainFactory grains)
    {
        _hosting = hosting;
        Name = context.GrainId.Key.ToString() ?? string.Empty;
        _alarms = new RoomAlarms(hosting.Metrics, hosting.Logger);
        _reporter = new RoomReporter(grains, hosting.Logger);
        _mover = new RoomMover(hosting, grains, _alarms, Name);
        _opener = new RoomOpening(hosting, Name);
    }

    private string Name { get; }

    /// <summary>The room, while it serves.</summary>
    private Room? Serving => _stay?.Room is { IsServing: true } room ? room : null;

    /// <inheritdoc />
    public async Task<RoomListing> OpenAsync(string template)
    {
        if (!RoomName.IsValid(Name))
        {
            LeaveUnopened();
            throw new InvalidOperationException("'" + Name + "' cannot name a room");
        }

        if (!_hosting.Rooms.TryGetTemplate(template, out _))
        {
            LeaveUnopened();
            throw new ArgumentException("no room template '" + template + "'", nameof(template));
        }

        await EnsureOpenAsync(template);
        return Listing();
    }

    /// <inheritdoc />
    public async Task<RoomSubscription> SubscribeAsync(GatewayId gateway, IRoomObserver observer)
    {
        await EnsureOpenAsync(null);
        if (_stay is null)
            return new RoomSubscription(RoomStatus.Creating, [], 0, _hosting.Options.TickRate);
        return RequireServing().Subscribe(gateway, observer, _hosting.Observers.Write(observer));
    }

    /// <inheritdoc />
    public async Task<RoomSubscription> RecoverAsync(GatewayId gateway, IRoomObserver observer, byte[] history)
    {
        if (_stay is null)
            _opener.Gathering.Offer(gateway, history);
        await EnsureOpenAsync(null);
        if (_stay is null)
            return new RoomSubscription(RoomStatus.Creating, [], 0, _hosting.Options.TickRate);
        return RequireServing().Resume(
            gateway, observer, _hosting.Observers.Write(observer), HistoryGathering.ReadHead(gateway, history));
    }

    /// <inheritdoc />
    public Task<MoveOutcome> MigrateAsync(string silo)
    {
        if (Serving is null)
        {
            LeaveUnopened();
            return Task.FromResult(_mover.IsMoving ? MoveOutcome.Moving : MoveOutcome.NotOpen);
        }

        if (_mover.IsMoving)
            return Task.FromResult(MoveOutcome.Moving);
        if (string.Equals(silo, _hosting.Silo, StringComparison.Ordinal))
            return Task.FromResult(MoveOutcome.SameSilo);
        if (_hosting.Targets.Find(silo) is not { } target)
            return Task.FromResult(MoveOutcome.NoSuchSilo);
        _mover.Begin(this, target);
        return Task.FromResult(MoveOutcome.Begun);
    }

    /// <inheritdoc />
    public Task UnsubscribeAsync(GatewayId gateway)
    {
        Serving?.Unsubscribe(gateway);
        LeaveUnopened();
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task SubmitAsync(byte[] batch)
    {
        Serving?.Submit(batch);
        LeaveUnopened();
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task<byte[][]> GetFramesAsync(uint epoch, ulong fromSeq, ulong toSeq)
    {
        LeaveUnopened();
        return Task.FromResult(Serving?.GetFrames(epoch, fromSeq, toSeq) ?? []);
    }

    /// <inheritdoc />
    public Task ExpelAsync(PlayerId player, ConnectionEpoch connection, byte reason)
    {
        var known = Enum.IsDefined((LeaveReason)reason) ? (LeaveReason)reason : LeaveReason.Lost;
        Serving?.Expel(player, connection, known);
        LeaveUnopened();
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task<RoomStateAt?> GetStateAsync(ulong? tick)
    {
        LeaveUnopened();
        return Task.FromResult(Serving?.GetState(tick));
    }

    /// <inheritdoc />
    public Task<RoomListing> GetListingAsync()
    {
        LeaveUnopened();
        return Task.FromResult(Listing());
    }

    /// <inheritdoc />
    public Task<SavedRoom?> SaveAsync()
    {
        LeaveUnopened();
        return Task.FromResult(Serving?.Save());
    }

    /// <inheritdoc />
    public async Task<ImportOutcome> ImportAsync(SavedRoom saved)
    {
        var outcome = _stay is not null || _opening is not null || !RoomName.IsValid(Name)
            ? ImportOutcome.Exists
            : await _opener.ImportAsync(saved);
        if (outcome == ImportOutcome.Opened)
        {
            await EnsureOpenAsync(null);
            Serving?.LetPlayersGo();
        }

        LeaveUnopened();
        return outcome;
    }

    /// <exception cref="RoomUnavailableException">The room is on its way to another silo.</exception>
    private Room RequireServing() => Serving ?? throw new RoomUnavailableException("room " + Name + " is on its way: ask again");

    private RoomListing Listing() =>
        _stay?.Room.GetListing() ?? new RoomListing { Room = Name, Status = RoomStatus.Creating, Silo = _hosting.Silo };

    /// <summary>A call for a room that nobody opened must not leave an activation behind for ever.</summary>
    private void LeaveUnopened()
    {
        if (_opening is null && _stay is null)
            DeactivateOnIdle();
    }
}
