// How far the inputs of a ship's pilot have been applied. Server only: it rides in frames so that gateways can acknowledge inputs (DESIGN §3 Input).
using System;
using Aetheris.Protocol.Binary;

namespace Aetheris.Protocol.Components;

/// <summary>How far the inputs of a ship's pilot have been applied. Server only: it rides in frames so that gateways can acknowledge inputs (DESIGN §3 Input).</summary>
public struct PilotStatus : IComponent<PilotStatus>
{
    /// <summary>Largest target tick applied on this connection, 0 before the first.</summary>
    public ulong AppliedTick;
    /// <summary>Inputs applied on this connection.</summary>
    public uint AppliedCount;
    /// <summary>Running CRC32C over the canonical bytes of every input applied on this connection, in order of application.</summary>
    public uint InputChain;
    /// <summary>Target tick of the newest arrived input minus the tick at which it arrived; positive is early.</summary>
    public int Margin;

    /// <inheritdoc />
    public readonly bool BitsEqual(in PilotStatus other) =>
        AppliedTick == other.AppliedTick
        && AppliedCount == other.AppliedCount
        && InputChain == other.InputChain
        && Margin == other.Margin;

    /// <inheritdoc />
    public readonly void Write(ByteWriter writer)
    {
        writer.WriteUInt64(AppliedTick);
        writer.WriteUInt32(AppliedCount);
        writer.WriteUInt32(InputChain);
        writer.WriteInt32(Margin);
    }

    /// <inheritdoc />
    public bool TryRead(ref ByteReader reader)
    {
        return reader.TryReadUInt64(out AppliedTick)
            && reader.TryReadUInt32(out AppliedCount)
            && reader.TryReadUInt32(out InputChain)
            && reader.TryReadInt32(out Margin);
    }
}
