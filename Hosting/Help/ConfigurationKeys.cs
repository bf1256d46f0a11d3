// Every configuration key, in one table for --help and docs/reference/configuration.md.

namespace Aetheris.Hosting.Help;

/// <summary>The keys of DESIGN §4. An architecture test compares them with the option classes and with the documentation.</summary>
public static class ConfigurationKeys
{
    /// <summary>All keys, by section.</summary>
    public static IReadOnlyList<ConfigurationKey> All { get; } =
    [
        new("Gateway:UdpPort", "5000", "UDP port for players; 0 picks a free one", ProcessRole.Edge),
        new("Gateway:HttpPort", "8080", "HTTP and WebSocket port; 0 picks a free one", ProcessRole.Edge),
        new("Gateway:PublicHost", "the request's host", "host name that players are told", ProcessRole.Edge),
        new("Gateway:PublicUdpPort", "UdpPort", "UDP port that players are told", ProcessRole.Edge),
        new("Gateway:PublicHttpUrl", "the request's address", "HTTP address that players are told", ProcessRole.Edge),
        new("Gateway:RetentionBytes", "67108864", "most bytes of log kept per room", ProcessRole.Edge),
        new("Gateway:MaxConnections", "4096", "most connections of one gateway", ProcessRole.Edge),
        new("Gateway:ConnectsPerSecond", "200", "UDP connect requests per second from one address; ten times as many from all", ProcessRole.Edge),
        new("Gateway:InboundBytesPerSecond", "65536", "bytes per second that one connection may send", ProcessRole.Edge),
        new("Gateway:HttpRequestsPerSecond", "100, in Development 2000", "HTTP requests per second from one address", ProcessRole.Edge),
        new("Gateway:LinkIdleSeconds", "30", "seconds that a gateway stays subscribed to a room without players", ProcessRole.Edge),
        new("Gateway:DrainSeconds", "5", "seconds that a stopping gateway gives its players to reach another one", ProcessRole.Edge),
        new("Gateway:BytesPerSecondPerClient", "64000", "most bytes of codec-2 state per second and client, 2000 to 100000000", ProcessRole.Edge),
        new("Gateway:MinBytesPerSecondPerClient", "8000", "rate that loss and delay do not push below (at most the one above)", ProcessRole.Edge),
        new("Gateway:JoinBytesPerSecondPerClient", "128000", "most bytes per second until a client has received everything once", ProcessRole.Edge),
        new("Gateway:InterestMetres", "500", "how far a codec-2 client sees, in squares: a room of up to 128 entities is one square, so it hides nothing there; up to 100000", ProcessRole.Edge),
        new("Cluster:Mode", "Memory in Standalone, else Localhost", "Memory, Localhost or Redis", ProcessRole.All),
        new("Cluster:SiloPort", "11111, alone in its process a free one", "port for other silos; 0 picks a free one", ProcessRole.Rooms),
        new("Cluster:GatewayPort", "30000, alone in its process none", "port of the silo for gateways; a gateway reads it in mode Localhost only", ProcessRole.All),
        new("Cluster:HttpPort", "8081", "the silo's HTTP port for health and metrics; 0 picks a free one", ProcessRole.Silo),
        new("Cluster:AdvertisedHost", "127.0.0.1", "Redis: address under which others reach this silo; anything but loopback opens its ports to the network", ProcessRole.Rooms),
        new("Cluster:PrimaryEndpoint", "this silo", "Localhost: address:port of the silo that keeps the membership", ProcessRole.All),
        new("Cluster:ClusterId", "aetheris", "processes with another id are another cluster", ProcessRole.All),
        new("Cluster:ServiceId", "aetheris", "name of the service whose state this is", ProcessRole.All),
        new("Cluster:SiloName", "machine name and port", "name of this silo for operators", ProcessRole.Rooms),
        new("Cluster:Redis", "", "connection string such as localhost:6379,password=secret; in Standalone also embedded", ProcessRole.All),
        new("Cluster:Data", "aetheris/store of the user", "folder of the embedded store", ProcessRole.Standalone),
        new("Room:TickRate", "60", "ticks per second", ProcessRole.Rooms),
        new("Room:HistoryTicks", "120 in Development, else 0", "ticks of state a room keeps for the state route", ProcessRole.Rooms),
        new("Room:RealtimeClock", "false", "run the clock threads at SCHED_FIFO where the process may", ProcessRole.Rooms),
        new("Rooms:CreateByName", "true in Development, else false", "whether a match may create a room by naming it; admins always may", ProcessRole.Rooms),
        new("Rooms:RebalanceSeconds", "30", "seconds between two moves of a room to a silo with fewer; 0 for never", ProcessRole.Rooms),
        new("Rooms:SeatSeconds", "35", "seconds that a match keeps a place for a player who has not arrived", ProcessRole.Rooms),
        new("Rooms:Templates:<name>:Capacity", "0", "most players, 0 for no bound", ProcessRole.Rooms),
        new("Rooms:Templates:<name>:Access", "Open", "who may join", ProcessRole.Rooms),
        new("Rooms:Templates:<name>:Stress", "0", "entities of the stress test at the start, at most 4000", ProcessRole.Rooms),
        new("Rooms:Templates:<name>:IdleCloseSeconds", "120", "an empty room closes after this time, 0 for never", ProcessRole.Rooms),
        new("Demo:Pilots", "8 in Development, else 0", "server-side pilots in the room playground", ProcessRole.Rooms),
        new("Auth:AllowGuests", "true in Development, else false", "whether anybody may sign in as a guest", ProcessRole.Edge),
        new("Auth:SigningKey", "in Development a key file of the user", "P-256 private key of the tokens: PEM, or base64 of PKCS#8", ProcessRole.Edge),
        new("Auth:ConnectKey", "", "key that seals connect tokens; not used yet", ProcessRole.Edge),
        new("Auth:ClusterSecret", "", "secret that guards keys in Redis; not used yet", ProcessRole.All),
        new("Auth:AccessTokenLifetime", "1.00:00:00", "life of a sign-in", ProcessRole.Edge),
        new("Auth:ConnectTokenLifetime", "00:00:30", "time from match to connection", ProcessRole.Edge),
    ];
}
