// The typed handle with which rules reach their room-wide state.
namespace Aetheris.World;

/// <summary>Names one registered resource.</summary>
/// <typeparam name="T">The resource.</typeparam>
/// <param name="Index">Position in the definition.</param>
public readonly record struct ResourceKey<T>(int Index)
    where T : class, IRoomResource;
