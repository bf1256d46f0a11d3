// The owner table: which player steers which ship over which connection. The authority on ownership (DESIGN §3 Session).
using System;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Identity;

namespace Aetheris.World;

/// <summary>Players by ascending id.</summary>
public sealed class PlayerTable : IRoomResource
{
    /// <summary>Most rows: spectators and players who just left count, too.</summary>
    public const int MaxRows = 65000;

    private const int RecordBytes = 57;

    private PlayerRecord[] _records = new PlayerRecord[8];

    /// <summary>Rows, players within their grace period and just departed ones included.</summary>
    public int Count { get; private set; }

    /// <summary>Players that take a place.</summary>
    public int Places
    {
        get
        {
            var places = 0;
            for (var i = 0; i < Count; i++)
                places += _records[i].TakesPlace ? 1 : 0;
            return places;
        }
    }

    /// <summary>A row by ascending player id.</summary>
    public ref readonly PlayerRecord this[int index] => ref _records[index];

    /// <summary>Finds a player.</summary>
    public bool TryGet(PlayerId player, out PlayerRecord record)
    {
        var index = IndexOf(player);
        record = index >= 0 ? _records[index] : default;
        return index >= 0;
    }

    /// <inheritdoc />
    public void Write(ByteWriter writer)
    {
        writer.WriteUInt32((uint)Count);
        for (var i = 0; i < Count; i++)
        {
            ref readonly var record = ref _records[i];
            writer.WriteUInt64(record.Player.High);
            writer.WriteUInt64(record.Player.Low);
            writer.WriteUInt32(record.Connection.Value);
            writer.WriteUInt64(record.Gateway.Value);
            writer.WriteUInt64(record.Ship.Value);
            writer.WriteByte((byte)((record.Spectator ? 1 : 0) | (record.Connected ? 2 : 0) | (record.Departed ? 4 : 0)));
            writer.WriteUInt64(record.ExpiresAt);
            writer.WriteUInt64(record.RespawnAt);
            writer.WriteUInt16(record.ShipType);
            writer.WriteString(record.ShipName ?? string.Empty);
        }
    }

    /// <inheritdoc />
    public bool TryRead(ref ByteReader reader)
    {
        if (!reader.TryReadUInt32(out var count) || count > reader.Remaining / RecordBytes || count > MaxRows)
            return false;
        for (var i = 0u; i < count; i++)
        {
            PlayerRecord record = default;
            if (!(reader.TryReadUInt64(out var high)
                && reader.TryReadUInt64(out var low)
                && reader.TryReadUInt32(out var connection)
                && reader.TryReadUInt64(out var gateway)
                && reader.TryReadUInt64(out var ship)
                && reader.TryReadByte(out var flags) && flags < 8
                && reader.TryReadUInt64(out record.ExpiresAt)
                && reader.TryReadUInt64(out record.RespawnAt)
                && reader.TryReadUInt16(out record.ShipType)
                && reader.TryReadString(CommandCodec.MaxNameBytes, out record.ShipName)))
            {
                return false;
            }

            record.Player = new PlayerId(high, low);
            record.Connection = new ConnectionEpoch(connection);
            record.Gateway = new GatewayId(gateway);
            record.Ship = new NetworkId(ship);
            record.Spectator = (flags & 1) != 0;
            record.Connected = (flags & 2) != 0;
            record.Departed = (flags & 4) != 0;
            if (Count > 0 && _records[Count - 1].Player >= record.Player)
                return false;
            Insert(Count, record);
        }

        return true;
    }

    /// <inheritdoc />
    public void OnCleared()
    {
        // Players stay connected without a ship, and with no claim to the next one but by joining.
        for (var i = 0; i < Count; i++)
            _records[i].RespawnAt = 0;
    }

    internal int IndexOf(PlayerId player)
    {
        int low = 0, high = Count - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = _records[middle].Player.CompareTo(player);
            if (order == 0)
                return middle;
            if (order < 0)
                low = middle + 1;
            else
                high = middle - 1;
        }

        return ~low;
    }

    internal ref PlayerRecord At(int index) => ref _records[index];

    internal void Insert(int index, in PlayerRecord record)
    {
        if (Count == _records.Length)
            Array.Resize(ref _records, Count * 2);
        Array.Copy(_records, index, _records, index + 1, Count - index);
        _records[index] = record;
        Count++;
    }

    internal bool AnyExpired(ulong tick)
    {
        for (var i = 0; i < Count; i++)
        {
            if (_records[i].HasExpired(tick))
                return true;
        }

        return false;
    }

    internal void RemoveExpired(ulong tick)
    {
        var kept = 0;
        for (var i = 0; i < Count; i++)
        {
            if (!_records[i].HasExpired(tick))
                _records[kept++] = _records[i];
        }

        Array.Clear(_records, kept, Count - kept);
        Count = kept;
    }

    /// <summary>Finds the row of a command whose connection is the player's current, living one.</summary>
    internal bool TryCurrent(PlayerId player, ConnectionEpoch connection, out int index)
    {
        index = IndexOf(player);
        return index >= 0 && _records[index].Connected && _records[index].Connection == connection;
    }
}
