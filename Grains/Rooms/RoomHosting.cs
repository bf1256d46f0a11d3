// What a silo has for its rooms.
using Aetheris.Grains.Configuration;
using Aetheris.Grains.Metrics;
using Aetheris.Grains.Silos;
using Aetheris.Grains.Storage;
using Aetheris.Grains.Ticking;
using Aetheris.World;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Storage;

namespace Aetheris.Grains.Rooms;

/// <summary>The services that every room grain of a silo uses.</summary>
public sealed class RoomHosting
{
    private readonly IHostApplicationLifetime _lifetime;
    private readonly IGrainStorage _storage;
    private readonly DemoOptions _demo;

    /// <summary>Created by the silo.</summary>
    public RoomHosting(
        TickClock clock,
        WorldDefinition definition,
        IOptions<RoomOptions> options,
        IOptions<RoomsOptions> rooms,
        IOptions<DemoOptions> demo,
        GrainMetrics metrics,
        RoomRegistry registry,
        IMoveTargets targets,
        ISiloStanding standing,
        IRoomCarrier carrier,
        IObserverReferences observers,
        [FromKeyedServices(AetherisGrains.Storage)] IGrainStorage storage,
        StorageHealth health,
        TimeProvider time,
        ILocalSiloDetails silo,
        IHostApplicationLifetime lifetime,
        ILogger<RoomGrain> logger)
    {
        Clock = clock;
        Definition = definition;
        Options = options.Value;
        Rooms = rooms.Value;
        _demo = demo.Value;
        Metrics = metrics;
        Registry = registry;
        Targets = targets;
        Standing = standing;
        Carrier = carrier;
        Observers = observers;
        _storage = storage;
        Health = health;
        Time = time;
        Silo = silo.Name;
        _lifetime = lifetime;
        Logger = logger;
    }

    /// <summary>The clock.</summary>
    public TickClock Clock { get; }

    /// <summary>The rules.</summary>
    public WorldDefinition Definition { get; }

    /// <summary>How rooms run.</summary>
    public RoomOptions Options { get; }

    /// <summary>Which rooms may be created.</summary>
    public RoomsOptions Rooms { get; }

    /// <summary>Instruments.</summary>
    public GrainMetrics Metrics { get; }

    /// <summary>Rooms that are open here.</summary>
    public RoomRegistry Registry { get; }

    /// <summary>Silos to move to.</summary>
    public IMoveTargets Targets { get; }

    /// <summary>Whether this silo may open rooms.</summary>
    public ISiloStanding Standing { get; }

    /// <summary>Packs rooms that move.</summary>
    public IRoomCarrier Carrier { get; }

    /// <summary>The byte form of observers.</summary>
    public IObserverReferences Observers { get; }

    /// <summary>Whether this silo's rooms can write.</summary>
    public StorageHealth Health { get; }

    /// <summary>Time.</summary>
    public TimeProvider Time { get; }

    /// <summary>SiloName.</summary>
    public string Silo { get; }

    /// <summary>Log of the rooms.</summary>
    public ILogger<RoomGrain> Logger { get; }

    /// <summary>Whether the process stops: it takes no new calls.</summary>
    public bool IsStopping => _lifetime.ApplicationStopping.IsCancellationRequested;

    /// <summary>Whether storage ends with this process, which stops: nothing is worth writing any more.</summary>
    public bool IsForgetting => IsStopping && _storage is MemoryGrainStorage;

    /// <summary>A room's objects in storage.</summary>
    public RoomStore OpenStore(string room) => new(_storage, Time, room);

    /// <summary>The facts of a room that opens here.</summary>
    /// <param name="name">Name.</param>
    /// <param name="template">Name of its template; the default one stands in for a template that this silo does not know.</param>
    /// <param name="epoch">Room epoch.</param>
    /// <param name="tickRate">Ticks per second; null for this silo's.</param>
    public RoomSetup CreateSetup(string name, string template, uint epoch, int? tickRate = null)
    {
        var known = Rooms.TryGetTemplate(template, out var found) ? found : Rooms.Templates[RoomsOptions.DefaultTemplate];
        var pilots = string.Equals(name, Protocol.Identity.RoomName.Default, StringComparison.Ordinal) ? _demo.Pilots : 0;
        return new RoomSetup(name, template, known, epoch, Silo, tickRate ?? Options.TickRate, Options.HistoryTicks, pilots);
    }
}
