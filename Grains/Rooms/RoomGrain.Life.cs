// How a room comes to a silo and leaves it.
using System.Buffers;
using Aetheris.Grains.Interfaces.Rooms;
using Aetheris.Grains.Interfaces.Tracing;
using Aetheris.Grains.Recovery;
using Aetheris.Grains.Shard;
using Microsoft.Extensions.Logging;

namespace Aetheris.Grains.Rooms;

/// <content>Opening, moving, closing.</content>
public sealed partial class RoomGrain
{
    private const int LooksPerReport = 4;

    private static readonly TimeSpan LookPeriod = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan StoreTimeout = TimeSpan.FromSeconds(2);

    /// <inheritdoc />
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (_arrived is { } state)
        {
            _arrived = null;
            var span = _trace == default ? null : Spans.Begin("aetheris.room.arrive", _trace);
            span?.SetTag("aetheris.room", Name);
            span?.SetTag("aetheris.silo", _hosting.Silo);
            var setup = _hosting.CreateSetup(Name, state.Template, state.Epoch, state.World.Settings.TickRate);
            Begin(new OpenedRoom(setup, state, _opener.Keep(state)), state.Move?.NextDeadline);
            _alarms.Arrived();
            Spans.End(span);
        }
        else if (_doubt is { } reason)
        {
            // Not awaited: the activation must be there for the gateways to bring what they know.
            _alarms.Doubtful(Name, reason);
            EnsureOpenAsync(null).Ignore();
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public void OnRehydrate(IRehydrationContext rehydrationContext)
    {
        try
        {
            // Whatever is wrong here is swallowed by Orleans, and the activation goes on without the state (DESIGN §6).
            _doubt = "nothing was carried";
            _trace = RoomMover.ReadTrace(rehydrationContext);
            if (rehydrationContext.TryGetBytes(RoomMover.Key, out var bytes) && bytes.Length > 0)
                _hosting.Carrier.TryUnpack(bytes.ToArray(), out _arrived, out _doubt);
        }
        catch (Exception exception)
        {
            _arrived = null;
            _doubt = exception.Message;
        }
    }

    /// <inheritdoc />
    public void OnDehydrate(IDehydrationContext dehydrationContext)
    {
        try
        {
            _mover.Dehydrate(dehydrationContext);
        }
        catch (Exception exception)
        {
            _alarms.NotCarried(Name, exception);
        }
    }

    /// <inheritdoc />
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        try
        {
            if (_stay is null)
                return;
            var span = _mover.Trace == default ? null : Spans.Begin("aetheris.room.leave", _mover.Trace);
            span?.SetTag("aetheris.room", Name);
            span?.SetTag("aetheris.silo", _hosting.Silo);
            await LeaveAsync(_stay, reason);
            Spans.End(span);
        }
        catch (Exception exception)
        {
            // An exception from here would cancel the migration (DESIGN §6).
            _alarms.Failed(Name, exception);
        }
    }

    /// <summary>The activation is over, moved or not.</summary>
    public void Dispose()
    {
        if (_stay is null)
            return;
        _stay.End();
        _mover.OnLeft(_stay.Setup.TemplateName);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Room {Room} is open (template {Template}, epoch {Epoch})")]
    private static partial void LogOpened(ILogger logger, string room, string template, uint epoch);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Room {Room} cannot be opened now")]
    private static partial void LogNotOpened(ILogger logger, Exception exception, string room);

    [LoggerMessage(Level = LogLevel.Information, Message = "Room {Room} leaves: {Reason}")]
    private static partial void LogLeaving(ILogger logger, string room, string reason);

    private async Task LeaveAsync(RoomStay stay, DeactivationReason reason)
    {
        // The clock first: nothing may tick or send once the activation gives its name back.
        var whole = stay.Stop(StopTimeout);
        LogLeaving(_hosting.Logger, Name, reason.Description);
        if (!whole)
            _alarms.Stuck(Name);
        whole &= stay.Room.IsWhole && !stay.Room.IsOvertaken;
        if (whole && reason.ReasonCode == DeactivationReasonCode.ShuttingDown && _hosting.Targets.FindAny(Name) is { } target)
        {
            // A silo is drained before it stops; this catches what slipped through.
            _mover.Begin(this, target);
        }

        if (_mover.IsMoving || reason.ReasonCode == DeactivationReasonCode.Migrating)
        {
            if (whole)
                _mover.Pack(stay);
            return;
        }

        if (whole && !_hosting.IsForgetting)
            await StoreLastAsync(stay);
        stay.Room.Close();

        // Not awaited: the directory may be waiting for this room's next opening, which waits for this deactivation.
        // A silo that stops takes no new calls; the directory drops a silent room by itself.
        if (!_hosting.IsStopping)
            _ = _reporter.TellDirectoryAsync(Listing());
    }

    // Without it the room goes on from its last regular snapshot and whatever its gateways still know.
    private async Task StoreLastAsync(RoomStay stay)
    {
        var bytes = stay.Room.CaptureSnapshot(out var tick);
        try
        {
            if (!await stay.Keeper.FinishAsync(bytes, tick).WaitAsync(StoreTimeout, _hosting.Time))
                _alarms.NotStored(Name, null);
        }
        catch (Exception exception)
        {
            _alarms.NotStored(Name, exception);
        }
    }

    /// <summary>Opens the room unless it is open; calls interleave, so that the second asker waits for the first one's opening.</summary>
    /// <param name="template">Template of a room that storage does not know; null to leave such a room alone.</param>
    /// <exception cref="RoomUnavailableException">Storage does not answer: nothing is decided.</exception>
    private async Task EnsureOpenAsync(string? template)
    {
        if (_stay is not null)
            return;
        var opening = _opening;
        if (opening is null)
            _opening = opening = OpenCoreAsync(template);
        try
        {
            await opening;
        }
        catch (Exception exception)
        {
            if (ReferenceEquals(_opening, opening))
                _opening = null;
            LeaveUnopened();
            LogNotOpened(_hosting.Logger, exception, Name);
            throw new RoomUnavailableException("room " + Name + " cannot be opened now: " + exception.Message, exception);
        }

        if (_stay is not null)
            return;

        // Storage does not know it. Whoever has a template may still create it, also after an asker without one.
        if (ReferenceEquals(_opening, opening))
            _opening = null;
        if (template is not null)
            await EnsureOpenAsync(template);
        else
            LeaveUnopened();
    }

    private async Task OpenCoreAsync(string? template)
    {
        using var scope = _hosting.Logger.ForRoom(Name);
        if (await _opener.OpenAsync(template) is not { } opened)
            return;
        Begin(opened, null);
        _opener.Gathering.Clear();
        LogOpened(_hosting.Logger, Name, opened.Setup.TemplateName, opened.Setup.Epoch);
    }

    private void Begin(OpenedRoom opened, DateTimeOffset? firstDeadline)
    {
        var room = new Room(opened.Setup, _hosting.Definition, _hosting.Metrics, _hosting.Time, _hosting.Logger, opened.State, opened.Keeper)
        {
            Faulted = DeactivateOnIdle,
        };
        opened.Keeper.Overtaken = () =>
        {
            room.IsOvertaken = true;
            room.Silence();
            DeactivateOnIdle();
        };
        _opening ??= Task.CompletedTask;
        _stay = RoomStay.Begin(_hosting, opened, room, firstDeadline);
        this.RegisterGrainTimer(
            static (grain, _) => grain.LookAsync(),
            this,
            new GrainTimerCreationOptions { DueTime = LookPeriod, Period = LookPeriod, Interleave = true, KeepAlive = true });
    }

    private async Task LookAsync()
    {
        // A silo that stops takes no new calls.
        if (_hosting.IsStopping || _stay is null)
            return;
        await _reporter.TellSessionsAsync(Name, _stay.Setup.Epoch, _stay.Room.Reports.Drain());
        await ShardPublisher.TellKillsAsync(this, Name, _stay.Setup.Epoch, _stay.Room.Kills, _hosting.Logger);
        if (_looks++ % LooksPerReport != 0)
            return;
        if (_stay.Room.IsOver())
            DeactivateOnIdle();
        else
            await _reporter.TellDirectoryAsync(Listing());
    }
}
