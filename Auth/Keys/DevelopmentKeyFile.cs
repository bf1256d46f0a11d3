// A key that every process of one user shares in Development.
using System.Security.Cryptography;

namespace Aetheris.Auth.Keys;

/// <summary>A text file in the user's application-data folder, mode 0600, created once (DESIGN §3 Security).</summary>
/// <param name="path">Full path of the file.</param>
/// <param name="create">Makes the key of a new file; null makes a P-256 private key in PEM.</param>
public sealed class DevelopmentKeyFile(string path, Func<string>? create = null)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int MaxBytes = 16 * 1024;

    /// <summary>Where the file is.</summary>
    public string Path { get; } = path;

    /// <summary>The file of the user who runs this process.</summary>
    public static DevelopmentKeyFile ForUser() => new(InFolderOfUser("development-signing-key.pem"));

    /// <summary>Full path of a file beside the user's other keys.</summary>
    public static string InFolderOfUser(string file)
    {
        var folder = Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return System.IO.Path.Combine(folder, "aetheris", file);
    }

    /// <summary>Whether the file is there.</summary>
    public bool Exists => File.Exists(Path);

    /// <summary>Reads the key, creating it first when there is none. Processes that race all read the same key.</summary>
    /// <param name="pem">The key as it stands in the file.</param>
    /// <param name="error">Why not, without the key.</param>
    public bool TryReadOrCreate(out string pem, out string error)
    {
        pem = string.Empty;
        try
        {
            if (!Exists)
                Create();
            return TryRead(out pem, out error);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            error = exception.Message;
            return false;
        }
    }

    private bool TryRead(out string pem, out string error)
    {
        pem = string.Empty;
        error = string.Empty;
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(Path) | OwnerOnly) != OwnerOnly)
        {
            error = $"{Path} is open to others: its mode must be 0600";
            return false;
        }

        if (new FileInfo(Path).Length > MaxBytes)
        {
            error = $"{Path} is too long for a key";
            return false;
        }

        pem = File.ReadAllText(Path);
        return true;
    }

    // Written aside and then moved without overwriting: the file appears whole or not at all,
    // and only the first of several racing processes gives it its content.
    private void Create()
    {
        var folder = System.IO.Path.GetDirectoryName(Path)!;
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);

        var draft = $"{Path}.{Guid.NewGuid():n}.draft";
        try
        {
            WriteNewKey(draft);
            File.Move(draft, Path, overwrite: false);
        }
        catch (IOException) when (Exists)
        {
            // Another process was first: its key is the one to read.
        }
        finally
        {
            File.Delete(draft);
        }
    }

    private void WriteNewKey(string draft)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        using var stream = new FileStream(draft, options);
        using var writer = new StreamWriter(stream);
        writer.Write((create ?? NewSigningKey)());
        writer.Flush();
        stream.Flush(flushToDisk: true);
    }

    private static string NewSigningKey()
    {
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return ecdsa.ExportPkcs8PrivateKeyPem();
    }
}
