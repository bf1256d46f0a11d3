// Who is live: the rules of a session, without Orleans.
using Aetheris.Grains.Interfaces.Sessions;
using Aetheris.Protocol.Identity;
using Aetheris.Protocol.Link;

namespace Aetheris.Grains.Sessions;

/// <summary>Decides claims, checks and reports on a record. Pure: the caller brings the time and writes the record.</summary>
public static class SessionRules
{
    /// <summary>The newer claim wins and gets the next connection epoch; expired tokens and those issued before a revocation are refused.</summary>
    /// <param name="record">Changed only when granted.</param>
    /// <param name="claim">The claim.</param>
    /// <param name="now">Time.</param>
    public static SessionLease Claim(SessionRecord record, SessionClaim claim, DateTimeOffset now)
    {
        if (claim.ExpiresAt <= now)
            return Refuse(record, CloseReason.ExpiredToken);
        if (IsRevoked(record, claim.IssuedAt))
            return Refuse(record, CloseReason.Revoked);
        if (!string.Equals(record.Room, claim.Room, StringComparison.Ordinal))
        {
            record.Ship = NetworkId.None;
            record.HasPlace = false;
            record.ShipRoomEpoch = 0;
        }

        record.Name = claim.Name;
        record.Role = claim.Role;
        record.Jti = claim.Jti;
        record.Room = claim.Room;
        record.Gateway = claim.Gateway;
        record.Connection = new ConnectionEpoch(record.Connection.Value + 1);
        record.Live = true;
        record.ExpiresAt = claim.ExpiresAt;
        record.Revoked = false;
        return Grant(record);
    }

    /// <summary>Whether a connection may go on.</summary>
    public static SessionLease Check(SessionRecord record, ConnectionEpoch connection, DateTimeOffset now)
    {
        if (record.Revoked)
            return Refuse(record, CloseReason.Revoked);
        // A connection from the future: this session has lost its memory (a restart without storage). Nobody took its place.
        if (connection.Value > record.Connection.Value)
            return Refuse(record, CloseReason.RoomUnavailable);
        if (connection != record.Connection || !record.Live)
            return Refuse(record, CloseReason.Replaced);
        return record.ExpiresAt <= now ? Refuse(record, CloseReason.ExpiredToken) : Grant(record);
    }

    /// <summary>A newer token for the live connection: identity, role and end of the lease become its own (T-51).</summary>
    /// <param name="record">Changed only when granted.</param>
    /// <param name="connection">The connection that presents it.</param>
    /// <param name="claim">What the token says; room and gateway do not matter.</param>
    /// <param name="now">Time.</param>
    public static SessionLease Renew(SessionRecord record, ConnectionEpoch connection, SessionClaim claim, DateTimeOffset now)
    {
        var current = Check(record, connection, now);
        if (!current.Granted)
            return current;
        if (claim.ExpiresAt <= now)
            return Refuse(record, CloseReason.ExpiredToken);
        if (IsRevoked(record, claim.IssuedAt))
            return Refuse(record, CloseReason.Revoked);
        record.Name = claim.Name;
        record.Role = claim.Role;
        record.Jti = claim.Jti;
        record.ExpiresAt = claim.ExpiresAt;
        return Grant(record);
    }

    /// <summary>Takes a room's report of the ship; reports of other rooms and older room epochs change nothing.</summary>
    /// <returns>Whether the record changed.</returns>
    public static bool Report(SessionRecord record, string room, uint roomEpoch, NetworkId ship, bool hasPlace)
    {
        if (!string.Equals(record.Room, room, StringComparison.Ordinal) || roomEpoch < record.ShipRoomEpoch
            || (record.Ship == ship && record.HasPlace == hasPlace && record.ShipRoomEpoch == roomEpoch))
        {
            return false;
        }

        record.Ship = ship;
        record.HasPlace = hasPlace;
        record.ShipRoomEpoch = roomEpoch;
        return true;
    }

    /// <summary>Ends the session: its connection and every token issued until now.</summary>
    public static void Revoke(SessionRecord record, DateTimeOffset now)
    {
        record.RevokedAt = now;
        record.Revoked = true;
        record.Live = false;
        record.Ship = NetworkId.None;
        record.HasPlace = false;
    }

    /// <summary>Tokens count whole seconds: one issued in the second of the revocation cannot be told from an older one and is refused.</summary>
    private static bool IsRevoked(SessionRecord record, DateTimeOffset issuedAt) => record.RevokedAt is { } revoked && issuedAt <= revoked;

    private static SessionLease Grant(SessionRecord record) =>
        new(Granted: true, (byte)CloseReason.None, record.Connection, record.Role, record.ExpiresAt);

    private static SessionLease Refuse(SessionRecord record, CloseReason reason) =>
        new(Granted: false, (byte)reason, record.Connection, record.Role, record.ExpiresAt);
}
