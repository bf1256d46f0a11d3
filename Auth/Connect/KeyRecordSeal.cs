// The bytes of a cluster's key record, sealed with its secret.
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Sealing;

namespace Aetheris.Auth.Connect;

/// <summary>
/// version u8 (1) | salt 16 | nonce 12 | AES-256-GCM of count u8 and per key created i64 s, secret 32 | tag 16. The key comes from the
/// secret by PBKDF2-SHA256 with 210,000 rounds: a secret may be a sentence. Version and salt are authenticated with it, and what the record
/// is for: one cannot be put in another's place. Thread-safe.
/// </summary>
/// <param name="secret"><see cref="AuthOptions.ClusterSecret"/>.</param>
/// <param name="purpose">What the keys are for; empty for connect keys.</param>
public sealed class KeyRecordSeal(string secret, string purpose = "")
{
    /// <summary>Most keys of a record.</summary>
    public const int MaxKeys = 16;

    private const byte Version = 1;
    private const int SaltSize = 16;
    private const int Rounds = 210_000;
    private const int BodyAt = 1 + SaltSize + PacketCipher.NonceSize;
    private const int KeyBytes = 8 + SealLimits.KeySize;

    private readonly Lock _lock = new();
    private byte[] _salt = [];
    private byte[] _key = [];

    /// <summary>Seals keys.</summary>
    /// <param name="keys">At most <see cref="MaxKeys"/>.</param>
    /// <param name="previous">The record they replace, whose salt they keep; or null.</param>
    public byte[] Seal(IReadOnlyList<StoredKey> keys, byte[]? previous)
    {
        var writer = new ByteWriter();
        writer.WriteByte((byte)keys.Count);
        foreach (var key in keys)
        {
            writer.WriteUInt64((ulong)key.CreatedAt.ToUnixTimeSeconds());
            writer.WriteBytes(key.Secret);
        }

        var bytes = new byte[BodyAt + writer.Length + SealLimits.TagSize];
        bytes[0] = Version;
        var salt = bytes.AsSpan(1, SaltSize);
        if (previous is { Length: > 1 + SaltSize })
            previous.AsSpan(1, SaltSize).CopyTo(salt);
        else
            RandomNumberGenerator.Fill(salt);
        var nonce = bytes.AsSpan(1 + SaltSize, PacketCipher.NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new PacketCipher(KeyFor(salt));
        cipher.Seal(nonce, writer.Written, bytes.AsSpan(BodyAt, writer.Length), bytes.AsSpan(BodyAt + writer.Length), Associated(bytes));
        return bytes;
    }

    /// <summary>Opens a record; false when it was sealed with another secret, or is none.</summary>
    public bool TryOpen(ReadOnlySpan<byte> record, [NotNullWhen(true)] out List<StoredKey>? keys)
    {
        keys = null;
        var length = record.Length - BodyAt - SealLimits.TagSize;
        if (length < 1 || length > 1 + (MaxKeys * KeyBytes) || record[0] != Version)
            return false;
        var body = record.Slice(BodyAt, length).ToArray();
        var plain = new byte[length];
        using var cipher = new PacketCipher(KeyFor(record.Slice(1, SaltSize)));
        if (!cipher.TryOpen(record.Slice(1 + SaltSize, PacketCipher.NonceSize), body, record[(BodyAt + length)..], Associated(record), plain))
            return false;
        var reader = new ByteReader(plain);
        if (!reader.TryReadByte(out var count) || reader.Remaining != count * KeyBytes)
            return false;
        var read = new List<StoredKey>(count);
        while (reader.TryReadUInt64(out var created) && reader.TryReadBytes(SealLimits.KeySize, out var bytes))
            read.Add(new StoredKey(DateTimeOffset.FromUnixTimeSeconds((long)Math.Min(created, 253402300799)), bytes.ToArray()));
        keys = read;
        return true;
    }

    private byte[] Associated(ReadOnlySpan<byte> record) => [.. record[..(1 + SaltSize)], .. Encoding.UTF8.GetBytes(purpose)];

    // A record is read every few seconds and keeps its salt: the slow part is done once.
    private byte[] KeyFor(ReadOnlySpan<byte> salt)
    {
        lock (_lock)
        {
            if (!salt.SequenceEqual(_salt))
            {
                _key = Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(secret), salt, Rounds, HashAlgorithmName.SHA256, SealLimits.KeySize);
                _salt = salt.ToArray();
            }

            return _key;
        }
    }
}
