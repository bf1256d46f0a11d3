// What a decoded block says about an entity besides its motion.
namespace Aetheris.Protocol.Codec2;

/// <summary>Kind of an entry of <see cref="DecodedSlow"/>.</summary>
public enum DecodedSlowKind : byte
{
    /// <summary>The entity came into the cell: its absolute record, all of its components follow as <see cref="Value"/>.</summary>
    Entered,

    /// <summary>The entity left the cell and lives on in another.</summary>
    Moved,

    /// <summary>The entity is gone.</summary>
    Despawned,

    /// <summary>A component was added or changed.</summary>
    Value,

    /// <summary>A component was taken away.</summary>
    Removed,
}
