// Describes a value of codec 1, so that one pair of functions turns all of them into JSON and back.
using System;
using Aetheris.Protocol.Codec1.MessagePack;

namespace Aetheris.Protocol.Json;

/// <summary>A description of a canonical MessagePack value: names are those of WIRE_FORMAT §3 and §8.</summary>
public sealed class WireSchema
{
    private WireSchema(WireSchemaKind kind, string[]? names = null, WireSchema?[]? items = null, int length = -1)
    {
        Kind = kind;
        Names = names ?? [];
        Items = items ?? [];
        Length = length;
        Variants = new EnumShape(Names);
    }

    /// <summary>Unsigned integer of any width; the decoder checks the width.</summary>
    public static WireSchema Integer { get; } = new(WireSchemaKind.Integer);

    /// <summary>float32.</summary>
    public static WireSchema Single { get; } = new(WireSchemaKind.Single);

    /// <summary>Boolean.</summary>
    public static WireSchema Boolean { get; } = new(WireSchemaKind.Boolean);

    /// <summary>Text.</summary>
    public static WireSchema Text { get; } = new(WireSchemaKind.Text);

    /// <summary>Bytes.</summary>
    public static WireSchema Bytes { get; } = new(WireSchemaKind.Bytes);

    /// <summary>Texts by text.</summary>
    public static WireSchema TextMap { get; } = new(WireSchemaKind.TextMap);

    /// <summary>Shape.</summary>
    public WireSchemaKind Kind { get; }

    /// <summary>Field or variant names.</summary>
    public string[] Names { get; }

    /// <summary>Schemas of fields or variant bodies (null: unit variant), or the one inner schema.</summary>
    public WireSchema?[] Items { get; }

    /// <summary>Items of a fixed array; −1 for any number.</summary>
    public int Length { get; }

    /// <summary>Names as an enum.</summary>
    public EnumShape Variants { get; }

    /// <summary>Nil or a value.</summary>
    public static WireSchema Option(WireSchema inner) => new(WireSchemaKind.Option, items: [inner]);

    /// <summary>Any number of values, or exactly so many.</summary>
    public static WireSchema Sequence(WireSchema inner, int length = -1) => new(WireSchemaKind.Sequence, items: [inner], length: length);

    /// <summary>Fields in wire order.</summary>
    public static WireSchema Struct(params (string Name, WireSchema Schema)[] fields) =>
        new(WireSchemaKind.Struct, Array.ConvertAll(fields, f => f.Name), Array.ConvertAll(fields, f => (WireSchema?)f.Schema));

    /// <summary>Variants in declaration order; a null body is a unit variant.</summary>
    public static WireSchema Enum(params (string Name, WireSchema? Body)[] variants) =>
        new(WireSchemaKind.Enum, Array.ConvertAll(variants, v => v.Name), Array.ConvertAll(variants, v => v.Body));
}
