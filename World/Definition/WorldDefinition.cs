// The frozen set of rules that a room runs and a replica understands.
using System;
using System.Collections.Generic;
using System.Text;
using Aetheris.Protocol.Commands;

namespace Aetheris.World;

/// <summary>Components, resources, systems and commands in their fixed order. Immutable and shared by all rooms and replicas of a process.</summary>
public sealed class WorldDefinition
{
    private const ulong FnvOffset = 14695981039346656037;
    private const ulong FnvPrime = 1099511628211;

    private readonly ComponentDefinition[] _components;
    private readonly KeyValuePair<string, Func<RoomSettings, IRoomResource>>[] _resources;
    private readonly ISystem[] _systems;
    private readonly ICommandRule?[] _commands = new ICommandRule?[256];
    private readonly HashSet<CommandKind> _playersCommands;

    internal WorldDefinition(
        ComponentDefinition[] components,
        KeyValuePair<string, Func<RoomSettings, IRoomResource>>[] resources,
        ISystem[] systems,
        SortedDictionary<CommandKind, ICommandRule> commands,
        IEnumerable<CommandKind> playersCommands)
    {
        _playersCommands = new HashSet<CommandKind>(playersCommands);
        _components = components;
        _resources = resources;
        _systems = systems;

        var version = Mix(FnvOffset, RoomSave.FormatVersion);
        foreach (var component in components)
        {
            version = Mix(Mix(Mix(version, component.Name), component.Kind), component.InFrames ? 1u : 0u);
            if (component.InFrames)
                FrameMask |= component.Bit;
            AllMask |= component.Bit;
        }

        foreach (var resource in resources)
            version = Mix(version, resource.Key);
        LayoutVersion = version;
        foreach (var system in systems)
            version = Mix(Mix(version, system.Name), system.Version);
        foreach (var command in commands)
        {
            _commands[(byte)command.Key] = command.Value;
            version = Mix(Mix(Mix(version, (uint)command.Key), command.Value.Name), command.Value.Version);
        }

        WorldVersion = version;
    }

    /// <summary>The standard rules and nothing else.</summary>
    public static WorldDefinition Standard { get; } = StandardRules.Build();

    /// <summary>Mixed from all names, versions and their order: two builds with the same number compute the same bits.</summary>
    public ulong WorldVersion { get; }

    /// <summary>Mixed from what a saved room is made of alone: of two builds with the same number each can read what the other has saved.</summary>
    public ulong LayoutVersion { get; }

    /// <summary>Registered components by index.</summary>
    public IReadOnlyList<ComponentDefinition> Components => _components;

    /// <summary>Bits of the components that ride in frames.</summary>
    public ulong FrameMask { get; }

    /// <summary>Bits of all components.</summary>
    public ulong AllMask { get; }

    internal ReadOnlySpan<ISystem> Systems => _systems;

    internal int ResourceCount => _resources.Length;

    /// <summary>Finds a component by the number of its kind.</summary>
    public bool TryGetComponent(ushort kind, out ComponentDefinition component)
    {
        foreach (var candidate in _components)
        {
            if (candidate.Kind == kind)
            {
                component = candidate;
                return true;
            }
        }

        component = null!;
        return false;
    }

    /// <summary>Whether gateways take a game's own command from players (<see cref="WorldBuilder.AddCommand"/>).</summary>
    public bool IsFromPlayers(CommandKind kind) => _playersCommands.Contains(kind);

    internal ICommandRule? CommandRule(CommandKind kind) => _commands[(byte)kind];

    internal IRoomResource CreateResource(int index, RoomSettings settings) => _resources[index].Value(settings);

    private static ulong Mix(ulong hash, string text)
    {
        foreach (var b in Encoding.UTF8.GetBytes(text))
            hash = (hash ^ b) * FnvPrime;
        return (hash ^ 0xFF) * FnvPrime;
    }

    private static ulong Mix(ulong hash, uint number)
    {
        for (var shift = 0; shift < 32; shift += 8)
            hash = (hash ^ ((number >> shift) & 0xFF)) * FnvPrime;
        return hash;
    }
}
