// Who may open a TCP connection at all.
using System.Net;

namespace Aetheris.Hosting.Startup;

/// <summary>Asked before the first byte of a connection is read, TLS included. Thread-safe.</summary>
public interface IConnectionGate
{
    /// <summary>Counts a connection; false when it is one too many, and then it is closed without an answer.</summary>
    bool TryEnter(EndPoint? remote);

    /// <summary>A connection that was let in is gone.</summary>
    void Leave(EndPoint? remote);
}
