// Something read from storage, with the tag that its replacement must name.
namespace Aetheris.Grains.Storage;

/// <summary>A stored object.</summary>
/// <param name="Value">The object; null when there is none.</param>
/// <param name="Tag">Its version tag; null when there is none.</param>
/// <typeparam name="T">Its type.</typeparam>
public readonly record struct Stored<T>(T? Value, string? Tag)
    where T : class;
