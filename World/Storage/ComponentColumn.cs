// The values of one component for all slots, without their type.
using Aetheris.Protocol.Binary;

namespace Aetheris.World;

/// <summary>One component's values by slot.</summary>
public abstract class ComponentColumn
{
    private protected ComponentColumn(ComponentDefinition definition) => Definition = definition;

    /// <summary>The component.</summary>
    public ComponentDefinition Definition { get; }

    /// <summary>The value as an object, for tools; null when the entity lacks it. Allocates.</summary>
    public abstract object? ValueAt(int slot);

    /// <summary>Appends the value in its frame and snapshot form.</summary>
    public abstract void Write(int slot, ByteWriter writer);

    internal abstract bool TryRead(int slot, ref ByteReader reader);

    internal abstract void Clear(int slot);
}
