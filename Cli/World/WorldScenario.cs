// A scenario file: ships, their inputs and the state that must follow, tick by tick.
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aetheris.Cli;

/// <summary>JSON form of a scenario. Ticks are counted from 0; the state is the one after the tick's step.</summary>
internal sealed record WorldScenario
{
    /// <summary>Longest scenario, in ticks.</summary>
    public const int MaxTicks = 1_000_000;

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectNullableAnnotations = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
    };

    /// <summary>Name.</summary>
    [JsonRequired]
    public string Name { get; init; } = string.Empty;

    /// <summary>What it shows.</summary>
    public string About { get; init; } = string.Empty;

    /// <summary>Ticks per second.</summary>
    [JsonRequired]
    public ushort TickRate { get; init; }

    /// <summary>Ticks to run.</summary>
    [JsonRequired]
    public int Ticks { get; init; }

    /// <summary>Session ships, spawned in order before tick 0.</summary>
    [JsonRequired]
    public IReadOnlyList<Ship> Spawn { get; init; } = [];

    /// <summary>Inputs in order; those of ticks that are not run have no effect.</summary>
    [JsonRequired]
    public IReadOnlyList<PilotAct> Inputs { get; init; } = [];

    /// <summary>Expected states.</summary>
    [JsonRequired]
    public IReadOnlyList<ExpectedState> Expect { get; init; } = [];

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">It is not a scenario; the message is one line.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static WorldScenario Load(string path)
    {
        WorldScenario? scenario;
        try
        {
            scenario = JsonSerializer.Deserialize<WorldScenario>(File.ReadAllBytes(path), Options);
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException("not a scenario: " + exception.Message, exception);
        }

        if (scenario is null || scenario.TickRate == 0 || scenario.Ticks is < 1 or > MaxTicks)
            throw new InvalidDataException("not a scenario: tick_rate and ticks must be positive, ticks at most " + MaxTicks);
        if (scenario.Spawn.Any(ship => ship is null) || scenario.Inputs.Any(input => input is null)
            || scenario.Expect.Any(state => state is null || state.Ships.Any(ship => ship is null) || state.Asteroids?.Any(asteroid => asteroid is null) == true))
        {
            throw new InvalidDataException("not a scenario: a list has an empty place");
        }

        scenario.Check();
        return scenario;
    }

    private void Check()
    {
        if (Spawn.GroupBy(ship => ship.Client).FirstOrDefault(ships => ships.Skip(1).Any()) is { } twice)
            throw new InvalidDataException("client " + twice.Key + " has more than one ship");
        if (Spawn.Any(ship => !(float.IsFinite(ship.X) && float.IsFinite(ship.Y) && float.IsFinite(ship.Rot))))
            throw new InvalidDataException("a ship's place and rotation are finite");
        if (Inputs.FirstOrDefault(input => input.Tick < 0) is { } early)
            throw new InvalidDataException("input tick " + early.Tick + " is negative");
        if (Inputs.Any(input => input.Move is not null and not { Length: 2 }))
            throw new InvalidDataException("a move has two numbers");
        if (Expect.FirstOrDefault(state => state.Tick < 0 || state.Tick >= Ticks) is { } late)
            throw new InvalidDataException("expected tick " + late.Tick + " is not among the " + Ticks + " ticks");
        foreach (var ship in Expect.SelectMany(state => state.Ships))
        {
            foreach (var bits in new[] { ship.X, ship.Y, ship.Vx, ship.Vy })
                ParseBits(bits);
        }
    }

    /// <summary>Bits of a float in hexadecimal, with or without <c>0x</c>.</summary>
    /// <exception cref="InvalidDataException">Not such a text.</exception>
    public static uint ParseBits(string text)
    {
        var digits = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? text.AsSpan(2) : text;
        return uint.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bits)
            ? bits
            : throw new InvalidDataException("not the bits of a float: " + text);
    }

    /// <summary>A session ship of a client.</summary>
    internal sealed record Ship
    {
        [JsonRequired]
        public ulong Client { get; init; }

        [JsonRequired]
        public ushort Type { get; init; }

        [JsonRequired]
        public float X { get; init; }

        [JsonRequired]
        public float Y { get; init; }

        public float Rot { get; init; }
    }

    /// <summary>An input that acts at a tick.</summary>
    internal sealed record PilotAct
    {
        [JsonRequired]
        public int Tick { get; init; }

        [JsonRequired]
        public ulong Client { get; init; }

        public float[]? Move { get; init; }

        public ulong? ToggleMining { get; init; }
    }

    /// <summary>The state after a tick.</summary>
    internal sealed record ExpectedState
    {
        [JsonRequired]
        public int Tick { get; init; }

        [JsonRequired]
        public IReadOnlyList<ExpectedShip> Ships { get; init; } = [];

        public IReadOnlyList<ExpectedAsteroid>? Asteroids { get; init; }
    }

    /// <summary>A ship after a tick.</summary>
    internal sealed record ExpectedShip
    {
        [JsonRequired]
        public ulong Id { get; init; }

        [JsonRequired]
        public string X { get; init; } = string.Empty;

        [JsonRequired]
        public string Y { get; init; } = string.Empty;

        [JsonRequired]
        public string Vx { get; init; } = string.Empty;

        [JsonRequired]
        public string Vy { get; init; } = string.Empty;

        [JsonRequired]
        public double Rotation { get; init; }

        [JsonRequired]
        public int Ore { get; init; }

        [JsonRequired]
        public bool Mining { get; init; }
    }

    /// <summary>An asteroid that exists after a tick.</summary>
    internal sealed record ExpectedAsteroid
    {
        [JsonRequired]
        public ulong Id { get; init; }

        [JsonRequired]
        public int Ore { get; init; }
    }
}
