// The shapes that values of codec 1 have.
namespace Aetheris.Protocol.Json;

/// <summary>Shape of a <see cref="WireSchema"/>.</summary>
public enum WireSchemaKind
{
    /// <summary>Unsigned integer.</summary>
    Integer,

    /// <summary>float32.</summary>
    Single,

    /// <summary>Boolean.</summary>
    Boolean,

    /// <summary>Text.</summary>
    Text,

    /// <summary>Bytes.</summary>
    Bytes,

    /// <summary>Nil or a value.</summary>
    Option,

    /// <summary>Any number of values.</summary>
    Sequence,

    /// <summary>Fields by name.</summary>
    Struct,

    /// <summary>Texts by text.</summary>
    TextMap,

    /// <summary>Variants by name, with or without a body.</summary>
    Enum,
}
