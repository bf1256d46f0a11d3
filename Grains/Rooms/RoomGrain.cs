// Hosts a room: Orleans places and finds it, the clock ticks it.
using Aetheris.Grains.Configuration;
using Aetheris.Grains.Interfaces.Directory;
using Aetheris.Grains.Interfaces.Rooms;
using Aetheris.Grains.Interfaces.Sessions;
using Aetheris.Grains.Interfaces.Shard;
using Aetheris.Grains.Metrics;
using Aetheris.Grains.Shard;
using Aetheris.Grains.Ticking;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Identity;
using Aetheris.World;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Aetheris.Grains.Rooms;

/// <summary>
/// The grain of a room. A tick is not a message (DESIGN §6): calls only touch the mailbox or take the room's lock for a moment.
/// Directory and sessions hear of the room from a grain timer, never from the tick.
/// </summary>
[KeepAlive]
public sealed partial class RoomGrain : Grain, IRoomGrain
{
    private const int LooksPerReport = 4;

    private static readonly DateTimeOffset EpochOrigin = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan LookPeriod = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(1);

    private readonly IPersistentState<RoomRecord> _record;
    private readonly TickClock _clock;
    private readonly WorldDefinition _definition;
    private readonly RoomOptions _options;
    private readonly RoomsOptions _rooms;
    private readonly DemoOptions _demo;
    private readonly GrainMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILocalSiloDetails _silo;
    private readonly IHostApplicationLifetime _lifetime;
    private readonly ILogger<RoomGrain> _logger;
    private Task? _opening;
    private Room? _room;
    private TickRegistration? _registration;
    private int _looks;

    /// <summary>Created by Orleans.</summary>
    public RoomGrain(
        [PersistentState("room", AetherisGrains.Storage)] IPersistentState<RoomRecord> record,
        TickClock clock,
        WorldDefinition definition,
        IOptions<RoomOptions> options,
        IOptions<RoomsOptions> rooms,
        IOptions<DemoOptions> demo,
        GrainMetrics metrics,
        TimeProvider time,
        ILocalSiloDetails silo,
        IHostApplicationLifetime lifetime,
        ILogger<RoomGrain> logger)
    {
        _record = record;
        _clock = clock;
        _definition = definition;
        _options = options.Value;
        _rooms = rooms.Value;
        _demo = demo.Value;
        _metrics = metrics;
        _time = time;
        _silo = silo;
        _lifetime = lifetime;
        _logger = logger;
    }

    private string Name => this.GetPrimaryKeyString();

    /// <inheritdoc />
    public async Task<RoomListing> OpenAsync(string template)
    {
        // Calls interleave: the second asker waits for the first one's opening.
        _opening ??= OpenCoreAsync(template);
        var opening = _opening;
        try
        {
            await opening;
        }
        catch
        {
            if (ReferenceEquals(_opening, opening))
                _opening = null;
            DeactivateOnIdle();
            throw;
        }

        return Listing();
    }

    /// <inheritdoc />
    public Task<RoomSubscription> SubscribeAsync(GatewayId gateway, IRoomObserver observer)
    {
        if (_room is { } room)
            return Task.FromResult(room.Subscribe(gateway, observer));
        LeaveUnopened();
        return Task.FromResult(new RoomSubscription(RoomStatus.Creating, [], 0, _options.TickRate));
    }

    /// <inheritdoc />
    public Task<RoomSubscription> RecoverAsync(GatewayId gateway, IRoomObserver observer, byte[] history) => SubscribeAsync(gateway, observer);

    /// <inheritdoc />
    public Task<MoveOutcome> MigrateAsync(string silo) => Task.FromResult(MoveOutcome.NoSuchSilo);

    /// <inheritdoc />
    public Task UnsubscribeAsync(GatewayId gateway)
    {
        _room?.Unsubscribe(gateway);
        LeaveUnopened();
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task SubmitAsync(byte[] batch)
    {
        _room?.Submit(batch);
        LeaveUnopened();
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task<byte[][]> GetFramesAsync(uint epoch, ulong fromSeq, ulong toSeq)
    {
        LeaveUnopened();
        return Task.FromResult(_room?.GetFrames(epoch, fromSeq, toSeq) ?? []);
    }

    /// <inheritdoc />
    public Task ExpelAsync(PlayerId player, ConnectionEpoch connection, byte reason)
    {
        var known = Enum.IsDefined((LeaveReason)reason) ? (LeaveReason)reason : LeaveReason.Lost;
        _room?.Expel(player, connection, known);
        LeaveUnopened();
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task<RoomStateAt?> GetStateAsync(ulong? tick)
    {
        LeaveUnopened();
        return Task.FromResult(_room?.GetState(tick));
    }

    /// <inheritdoc />
    public Task<RoomListing> GetListingAsync()
    {
        LeaveUnopened();
        return Task.FromResult(Listing());
    }

    /// <inheritdoc />
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        // The clock first: nothing may tick or send once the activation gives its name back.
        if (_registration is not null && !_clock.Unregister(_registration, StopTimeout))
            LogStuck(_logger, Name);
        if (_room is not null)
        {
            _room.Close();
            LogClosed(_logger, Name, reason.Description);

            // Not awaited: the directory may be waiting for this room's next opening, which waits for this deactivation.
            // A silo that stops takes no new calls; the directory drops a silent room by itself.
            if (!_lifetime.ApplicationStopping.IsCancellationRequested)
                _ = TellDirectoryAsync();
        }

        return Task.CompletedTask;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Room {Room} is open (template {Template}, epoch {Epoch})")]
    private static partial void LogOpened(ILogger logger, string room, string template, uint epoch);

    [LoggerMessage(Level = LogLevel.Information, Message = "Room {Room} is closed: {Reason}")]
    private static partial void LogClosed(ILogger logger, string room, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The last tick of room {Room} did not end in time")]
    private static partial void LogStuck(ILogger logger, string room);

    [LoggerMessage(Level = LogLevel.Debug, Message = "A report of room {Room} failed")]
    private static partial void LogReportFailed(ILogger logger, Exception exception, string room);

    private async Task OpenCoreAsync(string templateName)
    {
        if (!RoomName.IsValid(Name))
            throw new InvalidOperationException("'" + Name + "' cannot name a room");
        if (!_rooms.TryGetTemplate(templateName, out var template))
            throw new ArgumentException("no room template '" + templateName + "'", nameof(templateName));

        _record.State.Epoch = Math.Max(_record.State.Epoch + 1, EpochFloor());
        _record.State.Template = templateName;
        await _record.WriteStateAsync();

        var pilots = Name == RoomName.Default ? _demo.Pilots : 0;
        var setup = new RoomSetup(Name, templateName, template, _record.State.Epoch, _silo.Name, _options.TickRate, _options.HistoryTicks, pilots);
        _room = new Room(setup, _definition, _metrics, _time, _logger) { Faulted = DeactivateOnIdle };
        _registration = _clock.Register(_room, TimeSpan.FromSeconds(1.0 / _options.TickRate));
        this.RegisterGrainTimer(
            static (grain, _) => grain.LookAsync(),
            this,
            new GrainTimerCreationOptions { DueTime = LookPeriod, Period = LookPeriod, Interleave = true, KeepAlive = true });
        LogOpened(_logger, Name, templateName, setup.Epoch);
    }

    /// <summary>
    /// Seconds since the epochs' own beginning. A store that forgets (memory, a silo that was killed) must not let an epoch come
    /// twice: a gateway that lived through it would take the new room's frames for old ones.
    /// </summary>
    private uint EpochFloor() => (uint)Math.Max(0, (_time.GetUtcNow() - EpochOrigin).TotalSeconds);

    private RoomListing Listing() => _room?.GetListing() ?? new RoomListing { Room = Name, Status = RoomStatus.Creating, Silo = _silo.Name };

    /// <summary>A call for a room that nobody opened must not leave an activation behind for ever.</summary>
    private void LeaveUnopened()
    {
        if (_opening is null)
            DeactivateOnIdle();
    }

    private async Task LookAsync()
    {
        // A silo that stops takes no new calls.
        if (_lifetime.ApplicationStopping.IsCancellationRequested)
            return;
        await TellSessionsAsync();
        await TellShardAsync();
        if (_looks++ % LooksPerReport != 0 || _room is null)
            return;
        if (_room.IsOver())
            DeactivateOnIdle();
        else
            await TellDirectoryAsync();
    }

    private async Task TellDirectoryAsync()
    {
        try
        {
            await GrainFactory.GetGrain<IRoomDirectoryGrain>(0).ReportAsync(Listing()).WaitAsync(CallTimeout);
        }
        catch (Exception exception)
        {
            LogReportFailed(_logger, exception, Name);
        }
    }

    private async Task TellShardAsync()
    {
        if (_room?.Kills is not { } feed || feed.Peek() is not { Length: > 0 } kills)
            return;
        var report = new KillReport(Name, _record.State.Epoch, feed.IsNewWorld, kills);
        if (await ShardPublisher.TryPublishAsync(this, ShardStreams.Kills, report, _logger))
            feed.Confirm(kills);
    }

    private async Task TellSessionsAsync()
    {
        var reports = _room?.Reports.Drain() ?? [];
        if (reports.Length == 0)
            return;
        try
        {
            var calls = new Task[reports.Length];
            for (var i = 0; i < reports.Length; i++)
            {
                calls[i] = GrainFactory.GetGrain<ISessionGrain>(reports[i].Player.ToString())
                    .ReportShipAsync(Name, _record.State.Epoch, reports[i].Ship, reports[i].HasPlace);
            }

            await Task.WhenAll(calls).WaitAsync(CallTimeout);
        }
        catch (Exception exception)
        {
            LogReportFailed(_logger, exception, Name);
        }
    }
}
