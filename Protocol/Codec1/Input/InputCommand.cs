// The original's input, component kind 128, inbound only. Source: WIRE_FORMAT §8.
using System;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Codec1.MessagePack;
using Aetheris.Protocol.Commands;

namespace Aetheris.Protocol.Codec1.Input;

/// <summary>Array of 4: tick, actions, actions_mask, last_seen_input_tick.</summary>
public ref struct InputCommand
{
    // The mask has a default and the last tick is an option: both may be absent from a map.
    private static readonly StructShape Shape = new(0b1100, "tick", "actions", "actions_mask", "last_seen_input_tick");

    /// <summary>The client's tick.</summary>
    public ulong Tick;

    /// <summary>What the pilot does.</summary>
    public InputActions Actions;

    /// <summary>Held actions: bit 2 fires.</summary>
    public uint ActionsMask;

    /// <summary>Whether <see cref="LastSeenInputTick"/> is there.</summary>
    public bool HasLastSeenInputTick;

    /// <summary>Ignored by the server (WORLD_RULES W-25).</summary>
    public ulong LastSeenInputTick;

    /// <summary>Reads the payload; bytes after it are ignored. False for anything the original refuses to decode.</summary>
    public static bool TryRead(ReadOnlySpan<byte> payload, out InputCommand value)
    {
        var reader = new MessagePackReader(payload);
        value = default;
        if (!reader.TryBeginStruct(Shape, out var fields))
            return false;
        while (fields.TryNext(ref reader, out var field))
        {
            var read = field switch
            {
                0 => reader.TryReadUInt64(out value.Tick),
                1 => InputActions.TryRead(ref reader, out value.Actions),
                2 => reader.TryReadUInt32(out value.ActionsMask),
                _ => reader.TryReadOptionalUInt64(out value.HasLastSeenInputTick, out value.LastSeenInputTick),
            };
            if (!read)
                return false;
        }

        return fields.TryEnd(ref reader);
    }

    /// <summary>What the server checks after decoding; a refused input is dropped.</summary>
    public readonly InputCommandRefusal Validate() =>
        Actions.Count > Codec1Limits.MaxActions ? InputCommandRefusal.TooManyActions
        : (ActionsMask & ~Codec1Limits.AllowedActionsMask) != 0 ? InputCommandRefusal.UnknownMaskBits
        : InputCommandRefusal.None;

    /// <summary>
    /// The same input in our terms (WORLD_RULES W-24): the last Move and the first ToggleMining count, FirePrimary does nothing,
    /// the mask fires. The target tick is the command's; no view delay.
    /// </summary>
    public readonly ShipInput ToShipInput()
    {
        var input = new ShipInput { TargetTick = Tick };
        foreach (var action in Actions)
        {
            if (action.Kind == PlayerInputKind.Move)
            {
                input.MoveX = action.X;
                input.MoveY = action.Y;
            }
            else if (action.Kind == PlayerInputKind.ToggleMining && (input.Buttons & InputButtons.ToggleMining) == InputButtons.None)
            {
                input.Buttons |= InputButtons.ToggleMining;
                input.MiningTarget = action.Target.Value;
            }
        }

        if ((ActionsMask & Codec1Limits.AllowedActionsMask) != 0)
            input.Buttons |= InputButtons.Fire;
        return input;
    }

    /// <summary>Writes the canonical payload.</summary>
    public readonly void Write(scoped ref MessagePackWriter writer)
    {
        writer.WriteArrayHead(4);
        writer.WriteUInt(Tick);
        Actions.Write(ref writer);
        writer.WriteUInt(ActionsMask);
        if (HasLastSeenInputTick)
            writer.WriteUInt(LastSeenInputTick);
        else
            writer.WriteNil();
    }

    /// <summary>Appends the canonical payload.</summary>
    public readonly void Write(ByteWriter into)
    {
        var writer = new MessagePackWriter(into);
        Write(ref writer);
        writer.Flush();
    }
}
