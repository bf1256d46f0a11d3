// Holds reliable events until the view has reached their tick.
using System;
using System.Collections.Generic;
using Aetheris.Protocol.Events;

namespace Aetheris.Client.View;

/// <summary>Events in order of arrival, which is tick order on the reliable channel. Bounded: a full queue releases its oldest early.</summary>
public sealed class EventQueue
{
    /// <summary>Most events that wait.</summary>
    public const int MaxWaiting = 8192;

    private readonly Queue<RoomEvent> _waiting = new();

    /// <summary>Events that wait.</summary>
    public int Count => _waiting.Count;

    /// <summary>Adds an event.</summary>
    public void Add(in RoomEvent value) => _waiting.Enqueue(value);

    /// <summary>Gives the next event that is due.</summary>
    /// <param name="viewTick">Newest server tick seen.</param>
    /// <param name="value">The event.</param>
    public bool TryRelease(ulong viewTick, out RoomEvent value)
    {
        value = default;
        if (_waiting.Count == 0 || (_waiting.Peek().Tick > viewTick && _waiting.Count <= MaxWaiting))
            return false;
        value = _waiting.Dequeue();
        return true;
    }

    /// <summary>Forgets all.</summary>
    public void Clear() => _waiting.Clear();
}
