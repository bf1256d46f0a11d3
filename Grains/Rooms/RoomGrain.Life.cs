// How a room comes to a silo and leaves it.
using System.Buffers;
using Aetheris.Grains.Interfaces.Rooms;
using Aetheris.Protocol.Identity;
using Microsoft.Extensions.Logging;

namespace Aetheris.Grains.Rooms;

/// <content>Opening, moving, closing.</content>
public sealed partial class RoomGrain
{
    private const int LooksPerReport = 4;

    private static readonly TimeSpan LookPeriod = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(1);

    /// <inheritdoc />
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (_arrived is { } state)
        {
            _arrived = null;
            var setup = _hosting.CreateSetup(Name, state.Template, state.Epoch, state.World.Settings.TickRate);
            Begin(setup, state, state.Move?.NextDeadline);
            _alarms.Arrived();
        }
        else if (_doubt is { } reason)
        {
            _alarms.Doubtful(Name, reason);
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
            if (rehydrationContext.TryGetBytes(RoomMover.Key, out var bytes) && bytes.Length > 0)
                RoomCarriage.TryRead(_hosting.Definition, bytes.ToArray(), _hosting.Observers, out _arrived, out _doubt);
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
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        try
        {
            if (_stay is not null)
                Leave(_stay, reason);
        }
        catch (Exception exception)
        {
            // An exception from here would cancel the migration (DESIGN §6).
            _alarms.Failed(Name, exception);
        }

        return Task.CompletedTask;
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

    [LoggerMessage(Level = LogLevel.Information, Message = "Room {Room} leaves: {Reason}")]
    private static partial void LogLeaving(ILogger logger, string room, string reason);

    private void Leave(RoomStay stay, DeactivationReason reason)
    {
        // The clock first: nothing may tick or send once the activation gives its name back.
        var whole = stay.Stop(StopTimeout);
        LogLeaving(_hosting.Logger, Name, reason.Description);
        if (!whole)
            _alarms.Stuck(Name);
        if (reason.ReasonCode == DeactivationReasonCode.ShuttingDown && _hosting.Targets.FindAny(Name) is { } target)
        {
            // A silo is drained before it stops; this catches what slipped through.
            _mover.Begin(this, target);
        }

        if (whole && (_mover.IsMoving || reason.ReasonCode == DeactivationReasonCode.Migrating))
            _mover.Pack(stay);
        if (_mover.IsMoving)
            return;
        stay.Room.Close();

        // Not awaited: the directory may be waiting for this room's next opening, which waits for this deactivation.
        // A silo that stops takes no new calls; the directory drops a silent room by itself.
        if (!_hosting.IsStopping)
            _ = _reporter.TellDirectoryAsync(Listing());
    }

    private async Task OpenCoreAsync(string template)
    {
        if (!RoomName.IsValid(Name))
            throw new InvalidOperationException("'" + Name + "' cannot name a room");
        if (!_hosting.Rooms.TryGetTemplate(template, out _))
            throw new ArgumentException("no room template '" + template + "'", nameof(template));

        var record = await _opener.BeginEpochAsync(template);
        var setup = _hosting.CreateSetup(Name, template, record.Epoch);
        Begin(setup, null, null);
        LogOpened(_hosting.Logger, Name, template, setup.Epoch);
    }

    private void Begin(RoomSetup setup, RoomState? state, DateTimeOffset? firstDeadline)
    {
        var room = new Room(setup, _hosting.Definition, _hosting.Metrics, _hosting.Time, _hosting.Logger, state) { Faulted = DeactivateOnIdle };
        _opening ??= Task.CompletedTask;
        _stay = RoomStay.Begin(_hosting, setup, room, firstDeadline);
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
        if (_looks++ % LooksPerReport != 0)
            return;
        if (_stay.Room.IsOver())
            DeactivateOnIdle();
        else
            await _reporter.TellDirectoryAsync(Listing());
    }
}
