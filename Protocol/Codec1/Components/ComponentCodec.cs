// The codec-1 payload of one component kind, for code that does not know the component's type.
using System;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Codec1.MessagePack;

namespace Aetheris.Protocol.Codec1.Components;

/// <summary>Codec of one component kind. Stateless; any thread may use it.</summary>
public abstract class ComponentCodec
{
    /// <summary>Creates a codec.</summary>
    /// <param name="kind">Number of the kind (WIRE_FORMAT §8).</param>
    /// <param name="name">Name in vectors, tools and JSON.</param>
    protected ComponentCodec(ushort kind, string name)
    {
        Kind = kind;
        Name = name;
    }

    /// <summary>Number of the kind.</summary>
    public ushort Kind { get; }

    /// <summary>Name in vectors, tools and JSON.</summary>
    public string Name { get; }

    /// <summary>Type of the component struct.</summary>
    public abstract Type ValueType { get; }

    /// <summary>Turns the little-endian form of frames into a payload, without allocation. False when the form is cut.</summary>
    public abstract bool TryTranscode(scoped ref ByteReader from, scoped ref MessagePackWriter payload);

    /// <summary>Turns a payload into the little-endian form of frames. False, and nothing written, when the payload is refused.</summary>
    public abstract bool TryTranscode(ReadOnlySpan<byte> payload, ByteWriter into);

    /// <summary>Decodes a payload and encodes it again. False when it is refused.</summary>
    public abstract bool TryCanonicalize(ReadOnlySpan<byte> payload, scoped ref MessagePackWriter into);
}
