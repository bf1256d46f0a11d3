// The certificate of the HTTP port, read again when its file changes.
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Aetheris.Hosting.Startup;

/// <summary>
/// A chain and its key in PEM. Whoever renews certificates writes the files anew; new connections see that within ten seconds. Files that
/// cannot be read, as in the middle of a renewal, leave the old certificate in use. Thread-safe.
/// </summary>
internal sealed class ServerCertificate
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly string _chainFile;
    private readonly string _keyFile;
    private readonly TimeProvider _time;
    private X509Certificate2 _current;
    private DateTime _writtenAt;
    private long _lookedAt;

    /// <exception cref="StartupException">The files are no certificate with its key; the message names the configuration key.</exception>
    public ServerCertificate(string chainFile, string keyFile, string key, TimeProvider time)
    {
        _chainFile = chainFile;
        _keyFile = keyFile;
        _time = time;
        _lookedAt = time.GetTimestamp();
        try
        {
            _writtenAt = WrittenAt();
            _current = Read();
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new StartupException($"{key} is '{chainFile}', which is no PEM certificate that belongs to the key beside it: {exception.Message}", exception);
        }
    }

    /// <summary>The certificate to show.</summary>
    public X509Certificate2 Current
    {
        get
        {
            lock (_lock)
            {
                if (_time.GetElapsedTime(_lookedAt) >= LookEvery)
                {
                    _lookedAt = _time.GetTimestamp();
                    Look();
                }

                return _current;
            }
        }
    }

    private void Look()
    {
        try
        {
            var written = WrittenAt();
            if (written == _writtenAt)
                return;
            _current = Read();
            _writtenAt = written;
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            // Looked at again in ten seconds.
            _writtenAt = default;
        }
    }

    private DateTime WrittenAt()
    {
        var chain = File.GetLastWriteTimeUtc(_chainFile);
        var key = File.GetLastWriteTimeUtc(_keyFile);
        return chain > key ? chain : key;
    }

    private X509Certificate2 Read() => X509Certificate2.CreateFromPemFile(_chainFile, _keyFile);
}
