// How the fake gateway reaches one client: in memory or over UDP.
namespace Aetheris.Client.Tests.Fakes;

/// <summary>The gateway's end of one connection.</summary>
public interface IFakeLink
{
    void SendDown(ReadOnlySpan<byte> message, bool reliable);

    bool TryReceive(out byte[] message);
}
