// The actions of an input: received ones are walked in place, own ones come from a span.
using System;
using Aetheris.Protocol.Codec1.MessagePack;

namespace Aetheris.Protocol.Codec1.Input;

/// <summary>A list of actions without allocation. Received lists are already checked, so walking never fails.</summary>
public readonly ref struct InputActions
{
    private readonly ReadOnlySpan<byte> _encoded;
    private readonly ReadOnlySpan<PlayerInput> _values;
    private readonly bool _isEncoded;

    /// <summary>Actions to send.</summary>
    public InputActions(ReadOnlySpan<PlayerInput> values)
    {
        _encoded = default;
        _values = values;
        _isEncoded = false;
        Count = values.Length;
    }

    private InputActions(int count, ReadOnlySpan<byte> encoded)
    {
        _encoded = encoded;
        _values = default;
        _isEncoded = true;
        Count = count;
    }

    /// <summary>Number of actions; a received list may exceed what <see cref="InputCommand.Validate"/> allows.</summary>
    public int Count { get; }

    /// <summary>Walks the actions in wire order.</summary>
    public Enumerator GetEnumerator() => new(this);

    internal void Write(scoped ref MessagePackWriter writer)
    {
        writer.WriteArrayHead(Count);
        foreach (var action in this)
            action.Write(ref writer);
    }

    internal static bool TryRead(scoped ref MessagePackReader reader, out InputActions value)
    {
        value = default;
        if (!reader.TryBeginSequence(out var count))
            return false;
        var encoded = reader.Rest;
        for (var i = 0u; i < count; i++)
        {
            if (!PlayerInput.TryRead(ref reader, out _))
                return false;
        }

        reader.EndSequence();
        value = new InputActions((int)count, encoded);
        return true;
    }

    /// <summary>Walks actions.</summary>
    public ref struct Enumerator
    {
        private readonly InputActions _actions;
        private MessagePackReader _reader;
        private PlayerInput _current;
        private int _next;

        internal Enumerator(InputActions actions)
        {
            _actions = actions;
            _reader = new MessagePackReader(actions._encoded);
            _current = default;
            _next = 0;
        }

        /// <summary>The action.</summary>
        public readonly PlayerInput Current => _current;

        /// <summary>Goes to the next action.</summary>
        public bool MoveNext()
        {
            if (_next == _actions.Count)
                return false;
            if (_actions._isEncoded)
            {
                _next++;
                return PlayerInput.TryRead(ref _reader, out _current);
            }

            _current = _actions._values[_next++];
            return true;
        }
    }
}
