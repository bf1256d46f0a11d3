// A registered component with its type, so that tables can make its column.
using System.Runtime.CompilerServices;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Components;

namespace Aetheris.World;

internal sealed class ComponentDefinition<T> : ComponentDefinition
    where T : struct, IComponent<T>
{
    internal ComponentDefinition(int index, ushort kind, string name, bool inFrames)
        : base(index, kind, name, inFrames)
    {
    }

    internal override int EmptySize
    {
        get
        {
            var writer = new ByteWriter();
            default(T).Write(writer);
            return writer.Length;
        }
    }

    internal override bool HoldsReferences => RuntimeHelpers.IsReferenceOrContainsReferences<T>();

    internal override ComponentColumn CreateColumn(EntityTable table) => new ComponentColumn<T>(table, this);
}
