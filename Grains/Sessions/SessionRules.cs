// Who is live: the rules of a session, without Orleans.
using Aetheris.Grains.Interfaces.Sessions;
using Aetheris.Protocol.Identity;
using Aetheris.Protocol.Link;

namespace Aetheris.Grains.Sessions;

/// <summary>Decides claims, checks and reports on a record. Pure: the caller brings the time and writes the record.</summary>
public static class SessionRules
{
    /// <summary>Most connect tokens of one player that are used and not yet over; a player who needs more waits until some end.</summary>
    public const int MaxUsedTokens = 64;

    /// <summary>Highest suspicion that is counted.</summary>
    public const int MaxSuspicion = 10_000;

    /// <summary>Seconds since this moment are the floor of connection epochs (ADR 0048).</summary>
    public static readonly DateTimeOffset EpochOrigin = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // Longer than the verifiers' skew: a token is forgotten only when no gateway accepts it any more.
    private static readonly TimeSpan UsedTokenMargin = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The newer claim wins and gets a higher connection epoch. Refused are expired tokens, those issued before a revocation, and a connect
    /// token that opened a connection before, at whichever gateway.
    /// </summary>
    /// <param name="record">Changed only when granted.</param>
    /// <param name="claim">The claim.</param>
    /// <param name="now">Time.</param>
    public static SessionLease Claim(SessionRecord record, SessionClaim claim, DateTimeOffset now)
    {
        if (Judge(record, claim, now) is { } refusal)
            return Refuse(record, refusal);
        if (!TryUse(record, claim, now))
            return Refuse(record, CloseReason.UsedToken);
        Take(record, claim, new ConnectionEpoch(Math.Max(record.Connection.Value + 1, EpochFloor(now))));
        return Grant(record);
    }

    /// <summary>Whether a connection may go on.</summary>
    /// <param name="record">Changed only when it had lost its memory: storage came back empty, or there is none. Then the living connection is taken back.</param>
    /// <param name="connection">The connection.</param>
    /// <param name="claim">What its lease rests on.</param>
    /// <param name="now">Time.</param>
    /// <param name="changed">Whether the record changed.</param>
    public static SessionLease Check(SessionRecord record, ConnectionEpoch connection, SessionClaim claim, DateTimeOffset now, out bool changed)
    {
        changed = false;
        if (record.Revoked)
            return Refuse(record, CloseReason.Revoked);
        if (connection.Value <= record.Connection.Value)
            return CheckKnown(record, connection, now);
        if (Judge(record, claim, now) is { } refusal)
            return Refuse(record, refusal);
        Take(record, claim, connection);
        changed = true;
        return Grant(record);
    }

    /// <summary>A newer token for the live connection: identity, role and end of the lease become its own (T-51).</summary>
    /// <param name="record">Changed only when granted.</param>
    /// <param name="connection">The connection that presents it.</param>
    /// <param name="claim">What the token says; room and gateway do not matter.</param>
    /// <param name="now">Time.</param>
    public static SessionLease Renew(SessionRecord record, ConnectionEpoch connection, SessionClaim claim, DateTimeOffset now)
    {
        if (record.Revoked)
            return Refuse(record, CloseReason.Revoked);
        // A connection that this session has forgotten is taken back by its next check.
        if (connection.Value > record.Connection.Value)
            return Refuse(record, CloseReason.RoomUnavailable);
        var current = CheckKnown(record, connection, now);
        if (!current.Granted)
            return current;
        if (Judge(record, claim, now) is { } refusal)
            return Refuse(record, refusal);
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

    /// <summary>Bans the player, which ends the session; null lifts the ban, and only tokens issued from then on are good.</summary>
    public static void Ban(SessionRecord record, Ban? ban, DateTimeOffset now)
    {
        record.Ban = ban;
        if (ban is not null)
            Revoke(record, now);
    }

    /// <summary>Whether the player's tokens are worth something.</summary>
    public static SessionStanding Standing(SessionRecord record, DateTimeOffset now) =>
        new(record.RevokedAt, record.Ban is { } ban && ban.Holds(now) ? ban : null);

    /// <summary>Adds what a gateway saw; the score never falls below 0.</summary>
    public static void Suspect(SessionRecord record, int suspicion) =>
        record.Suspicion = Math.Clamp(record.Suspicion + Math.Clamp(suspicion, -MaxSuspicion, MaxSuspicion), 0, MaxSuspicion);

    /// <summary>Seconds since <see cref="EpochOrigin"/>: a record that forgot must not give an epoch twice, or an old gateway's resends would steer a ship.</summary>
    private static uint EpochFloor(DateTimeOffset now) => (uint)Math.Clamp((now - EpochOrigin).TotalSeconds, 0, uint.MaxValue / 2);

    private static SessionLease CheckKnown(SessionRecord record, ConnectionEpoch connection, DateTimeOffset now)
    {
        if (connection != record.Connection || !record.Live)
            return Refuse(record, CloseReason.Replaced);
        return record.ExpiresAt <= now ? Refuse(record, CloseReason.ExpiredToken) : Grant(record);
    }

    private static CloseReason? Judge(SessionRecord record, SessionClaim claim, DateTimeOffset now)
    {
        if (claim.ExpiresAt <= now)
            return CloseReason.ExpiredToken;
        if (record.Ban is { } ban && ban.Holds(now))
            return CloseReason.Revoked;
        return IsRevoked(record, claim.IssuedAt) ? CloseReason.Revoked : null;
    }

    private static bool TryUse(SessionRecord record, SessionClaim claim, DateTimeOffset now)
    {
        if (claim.ConnectJti.Length == 0)
            return true;
        var used = record.UsedTokens;
        if (used.ContainsKey(claim.ConnectJti))
            return false;
        foreach (var (jti, end) in used)
        {
            if (end + UsedTokenMargin <= now)
                used.Remove(jti);
        }

        if (used.Count >= MaxUsedTokens)
            return false;
        used.Add(claim.ConnectJti, claim.ConnectExpiresAt);
        return true;
    }

    private static void Take(SessionRecord record, SessionClaim claim, ConnectionEpoch connection)
    {
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
        record.Connection = connection;
        record.Live = true;
        record.ExpiresAt = claim.ExpiresAt;
        record.Revoked = false;
    }

    /// <summary>Tokens count whole seconds: one issued in the second of the revocation cannot be told from an older one and is refused.</summary>
    private static bool IsRevoked(SessionRecord record, DateTimeOffset issuedAt) => record.RevokedAt is { } revoked && issuedAt <= revoked;

    private static SessionLease Grant(SessionRecord record) =>
        new(Granted: true, (byte)CloseReason.None, record.Connection, record.Role, record.ExpiresAt, record.Suspicion);

    private static SessionLease Refuse(SessionRecord record, CloseReason reason) =>
        new(Granted: false, (byte)reason, record.Connection, record.Role, record.ExpiresAt, record.Suspicion);
}
