// What a pilot wants for one tick.
using System;
using System.Buffers.Binary;
using Aetheris.Protocol.Binary;

namespace Aetheris.Protocol.Commands;

/// <summary>One input. Its canonical form is what <c>InputChain</c> runs over: 26 bytes, exactly as the client sent the values (before the unit-disc rule).</summary>
public struct ShipInput
{
    /// <summary>Bytes of the canonical form.</summary>
    public const int EncodedSize = 26;

    /// <summary>All defined buttons; an input with another bit is refused.</summary>
    public const InputButtons AllButtons = InputButtons.ToggleMining | InputButtons.FirePrimary | InputButtons.Fire;

    /// <summary>Server tick at which it wants to act.</summary>
    public ulong TargetTick;

    /// <summary>Thrust along x, −1 … 1 (longer vectors are scaled to the unit disc, DESIGN §7).</summary>
    public float MoveX;

    /// <summary>Thrust along y, −1 … 1.</summary>
    public float MoveY;

    /// <summary>Held and edge actions.</summary>
    public InputButtons Buttons;

    /// <summary>Target tick minus the tick the pilot was looking at, in ticks: for lag compensation.</summary>
    public byte ViewDelay;

    /// <summary>Network id, meaningful with <see cref="InputButtons.ToggleMining"/>, else 0.</summary>
    public ulong MiningTarget;

    /// <summary>Whether the values may enter a room: finite move, known buttons.</summary>
    public readonly bool IsValid =>
        !float.IsNaN(MoveX) && !float.IsInfinity(MoveX) && !float.IsNaN(MoveY) && !float.IsInfinity(MoveY)
        && (Buttons & ~AllButtons) == InputButtons.None
        && TargetTick != 0;

    /// <summary>Appends the canonical form.</summary>
    public readonly void Write(ByteWriter writer)
    {
        writer.WriteUInt64(TargetTick);
        writer.WriteSingle(MoveX);
        writer.WriteSingle(MoveY);
        writer.WriteByte((byte)Buttons);
        writer.WriteByte(ViewDelay);
        writer.WriteUInt64(MiningTarget);
    }

    /// <summary>Reads the canonical form.</summary>
    public static bool TryRead(ref ByteReader reader, out ShipInput input)
    {
        input = default;
        if (!(reader.TryReadUInt64(out input.TargetTick)
            && reader.TryReadSingle(out input.MoveX)
            && reader.TryReadSingle(out input.MoveY)
            && reader.TryReadByte(out var buttons)
            && reader.TryReadByte(out input.ViewDelay)
            && reader.TryReadUInt64(out input.MiningTarget)))
        {
            return false;
        }

        input.Buttons = (InputButtons)buttons;
        return true;
    }

    /// <summary>Continues the chain over applied inputs: CRC32C of the previous chain's inputs followed by this one's canonical form. Starts at 0 with every join.</summary>
    public readonly uint ChainAfter(uint chain)
    {
        Span<byte> bytes = stackalloc byte[EncodedSize];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, TargetTick);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.Slice(8), BitConverter.SingleToInt32Bits(MoveX));
        BinaryPrimitives.WriteInt32LittleEndian(bytes.Slice(12), BitConverter.SingleToInt32Bits(MoveY));
        bytes[16] = (byte)Buttons;
        bytes[17] = ViewDelay;
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.Slice(18), MiningTarget);
        return Crc32C.Append(chain, bytes);
    }
}
