// A registered component with its type, so that tables can make its column.
using Aetheris.Protocol.Components;

namespace Aetheris.World;

internal sealed class ComponentDefinition<T> : ComponentDefinition
    where T : struct, IComponent<T>
{
    internal ComponentDefinition(int index, ushort kind, string name, bool inFrames)
        : base(index, kind, name, inFrames)
    {
    }

    internal override ComponentColumn CreateColumn(EntityTable table) => new ComponentColumn<T>(table, this);
}
