// Hears nothing: for a connection that only delivers its goodbye.
using System;

namespace Aetheris.Client.Transport;

/// <summary>Ignores everything a transport has.</summary>
internal sealed class DeafSink : ITransportSink
{
    public static readonly DeafSink Instance = new();

    /// <inheritdoc />
    public void OnConnected()
    {
    }

    /// <inheritdoc />
    public void OnMessage(ReadOnlySpan<byte> message, bool reliable)
    {
    }

    /// <inheritdoc />
    public void OnClosed(string reason, ReadOnlySpan<byte> data)
    {
    }
}
