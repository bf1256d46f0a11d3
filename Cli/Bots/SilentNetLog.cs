// Keeps LiteNetLib's own messages off standard output.
using LiteNetLib;

namespace Aetheris.Cli.Bots;

/// <summary>Drops everything.</summary>
internal sealed class SilentNetLog : INetLogger
{
    public void WriteNet(NetLogLevel level, string str, params object[] args)
    {
    }
}
