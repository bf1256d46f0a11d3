// One action of the original's input. Source: WIRE_FORMAT §8.
using Aetheris.Protocol.Codec1.MessagePack;
using Aetheris.Protocol.Identity;

namespace Aetheris.Protocol.Codec1.Input;

/// <summary>A tagged union: only the fields of its <see cref="Kind"/> travel.</summary>
public struct PlayerInput
{
    private static readonly EnumShape Variants = new("Move", "ToggleMining", "FirePrimary");
    private static readonly StructShape MoveShape = new("x", "y");
    private static readonly StructShape TargetShape = new("target");

    /// <summary>Which action.</summary>
    public PlayerInputKind Kind;

    /// <summary><see cref="PlayerInputKind.Move"/>: −1 … 1 by convention; any bits decode.</summary>
    public float X;

    /// <summary><see cref="PlayerInputKind.Move"/>: −1 … 1 by convention; any bits decode.</summary>
    public float Y;

    /// <summary><see cref="PlayerInputKind.ToggleMining"/>: the asteroid.</summary>
    public NetworkId Target;

    internal readonly void Write(scoped ref MessagePackWriter writer)
    {
        switch (Kind)
        {
            case PlayerInputKind.Move:
                writer.WriteVariantHead(Variants, (int)Kind);
                writer.WriteArrayHead(2);
                writer.WriteSingle(X);
                writer.WriteSingle(Y);
                break;
            case PlayerInputKind.ToggleMining:
                writer.WriteVariantHead(Variants, (int)Kind);
                writer.WriteArrayHead(1);
                writer.WriteUInt(Target.Value);
                break;
            default:
                writer.WriteUnitVariant(Variants, (int)Kind);
                break;
        }
    }

    internal static bool TryRead(scoped ref MessagePackReader reader, out PlayerInput value)
    {
        value = default;
        if (!reader.TryReadVariant(Variants, out var index, out var hasBody))
            return false;
        value.Kind = (PlayerInputKind)index;
        if (value.Kind == PlayerInputKind.FirePrimary)
            return !hasBody || reader.TryReadNil();
        var isMove = value.Kind == PlayerInputKind.Move;
        if (!hasBody || !reader.TryBeginStruct(isMove ? MoveShape : TargetShape, out var fields))
            return false;
        ulong target = 0;
        while (fields.TryNext(ref reader, out var field))
        {
            var read = !isMove ? reader.TryReadId(out target)
                : field == 0 ? reader.TryReadSingle(out value.X)
                : reader.TryReadSingle(out value.Y);
            if (!read)
                return false;
        }

        value.Target = new NetworkId(target);
        return fields.TryEnd(ref reader);
    }
}
