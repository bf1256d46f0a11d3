// The seam for rules: ours and a game's register here in the same way.
using System;
using System.Collections.Generic;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Components;

namespace Aetheris.World;

/// <summary>
/// Collects components, resources, systems and commands in the order in which they are added; that order is the order in which
/// they act, travel and are saved. A game calls <see cref="StandardRules.AddTo"/> first and adds its own afterwards.
/// </summary>
public sealed class WorldBuilder
{
    /// <summary>Most components in one definition: 63 bits of a mask, the last says that a list of removed components follows.</summary>
    public const int MaxComponents = 63;

    private readonly List<ComponentDefinition> _components = new();
    private readonly List<KeyValuePair<string, Func<RoomSettings, IRoomResource>>> _resources = new();
    private readonly List<ISystem> _systems = new();
    private readonly SortedDictionary<CommandKind, ICommandRule> _commands = new();
    private readonly HashSet<CommandKind> _playersCommands = new();

    /// <summary>Registers a component.</summary>
    /// <param name="kind">Its number; unique. Below <see cref="ComponentKinds.FirstServerOnly"/> gateways send it to clients.</param>
    /// <param name="name">Its name; part of the world version.</param>
    /// <param name="inFrames">Whether values ride in frames to gateways; false keeps them in the room.</param>
    /// <exception cref="ArgumentException">The kind is taken, or there are <see cref="MaxComponents"/> already.</exception>
    public ComponentKey<T> AddComponent<T>(ushort kind, string name, bool inFrames = true)
        where T : struct, IComponent<T>
    {
        if (_components.Count == MaxComponents)
            throw new ArgumentException("a world has at most " + MaxComponents + " components", nameof(kind));
        foreach (var other in _components)
        {
            if (other.Kind == kind)
                throw new ArgumentException("component kind " + kind + " is already " + other.Name, nameof(kind));
        }

        _components.Add(new ComponentDefinition<T>(_components.Count, kind, name, inFrames));
        return new ComponentKey<T>(_components.Count - 1, kind);
    }

    /// <summary>Registers room-wide state.</summary>
    /// <param name="name">Its name; part of the world version.</param>
    /// <param name="create">Makes the state of a new room.</param>
    public ResourceKey<T> AddResource<T>(string name, Func<RoomSettings, T> create)
        where T : class, IRoomResource
    {
        _resources.Add(new KeyValuePair<string, Func<RoomSettings, IRoomResource>>(name, create));
        return new ResourceKey<T>(_resources.Count - 1);
    }

    /// <summary>Registers a system; it acts after those added before.</summary>
    public void AddSystem(ISystem system) => _systems.Add(system);

    /// <summary>
    /// Registers a system that acts before one that was added earlier: after the standard rules a game's own would otherwise always act
    /// last, when the tick's positions are recorded and shots are spawned.
    /// </summary>
    /// <param name="name">The name of the other system.</param>
    /// <param name="system">The one to add.</param>
    /// <exception cref="ArgumentException">No system has that name.</exception>
    public void AddSystemBefore(string name, ISystem system)
    {
        var place = _systems.FindIndex(other => other.Name == name);
        if (place < 0)
            throw new ArgumentException("no system is called " + name, nameof(name));
        _systems.Insert(place, system);
    }

    /// <summary>Registers what a game's own command does.</summary>
    /// <param name="kind">From <see cref="CommandKind.FirstCustom"/>; unique.</param>
    /// <param name="rule">Its effect. It judges: a command of a player may come at any time and with any payload.</param>
    /// <param name="fromPlayers">Whether gateways take it from players; otherwise only the room's own code sends it.</param>
    /// <exception cref="ArgumentException">The kind is reserved or taken.</exception>
    public void AddCommand(CommandKind kind, ICommandRule rule, bool fromPlayers = false)
    {
        if (kind < CommandKind.FirstCustom)
            throw new ArgumentException("kinds below " + (int)CommandKind.FirstCustom + " are the engine's", nameof(kind));
        Register(kind, rule);
        if (fromPlayers)
            _playersCommands.Add(kind);
    }

    /// <summary>Freezes what was added.</summary>
    /// <exception cref="InvalidOperationException"><see cref="StandardRules.AddTo"/> was not called first.</exception>
    public WorldDefinition Build()
    {
        if (!StandardComponents.AreFirstIn(_components) || !StandardResources.AreFirstIn(_resources))
            throw new InvalidOperationException("a world starts with StandardRules.AddTo");
        return new WorldDefinition(_components.ToArray(), _resources.ToArray(), _systems.ToArray(), _commands, _playersCommands);
    }

    internal IReadOnlyList<ComponentDefinition> Components => _components;

    /// <summary>Takes over a component that another builder registered at the same place.</summary>
    internal void Add(ComponentDefinition component)
    {
        if (component.Index != _components.Count)
            throw new InvalidOperationException("a world starts with StandardRules.AddTo");
        _components.Add(component);
    }

    internal void Register(CommandKind kind, ICommandRule rule)
    {
        if (_commands.TryGetValue(kind, out var other))
            throw new ArgumentException("command kind " + (int)kind + " is already " + other.Name, nameof(kind));
        _commands.Add(kind, rule);
    }
}
