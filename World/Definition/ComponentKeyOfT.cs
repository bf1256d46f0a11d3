// The typed handle with which rules reach their component's values.
using Aetheris.Protocol.Components;

namespace Aetheris.World;

/// <summary>Names one registered component. Taken from <see cref="WorldBuilder.AddComponent{T}"/> and valid for definitions built from that builder.</summary>
/// <typeparam name="T">The component.</typeparam>
/// <param name="Index">Position in the definition; the component's bit in masks.</param>
/// <param name="Kind">Number of the kind (WORLD_RULES §3).</param>
public readonly record struct ComponentKey<T>(int Index, ushort Kind)
    where T : struct, IComponent<T>
{
    /// <summary>The component's bit in presence and change masks.</summary>
    public ulong Bit => 1UL << Index;
}
