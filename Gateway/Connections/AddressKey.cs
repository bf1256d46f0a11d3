// Who counts as one asker, wherever the edge counts by address.
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Aetheris.Gateway.Connections;

/// <summary>
/// An IPv4 address as a whole, also where it comes mapped into IPv6; of IPv6 the /64, which one household or server has to itself. Made
/// without allocating. Hashed with a secret of the process: nobody can choose whose place in a table they share.
/// </summary>
public readonly struct AddressKey : IEquatable<AddressKey>
{
    private const int MappedAt = 12;
    private const string Suffix = "/64";

    private readonly ulong _prefix;
    private readonly bool _isV6;

    private AddressKey(ulong prefix, bool isV6)
    {
        _prefix = prefix;
        _isV6 = isV6;
    }

    /// <summary>The key of an address.</summary>
    public static AddressKey Of(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return new AddressKey(BinaryPrimitives.ReadUInt32BigEndian(bytes), isV6: false);
        return address.IsIPv4MappedToIPv6
            ? new AddressKey(BinaryPrimitives.ReadUInt32BigEndian(bytes[MappedAt..]), isV6: false)
            : new AddressKey(BinaryPrimitives.ReadUInt64BigEndian(bytes), isV6: true);
    }

    /// <summary>The key of an end point; null when a transport does not know its address.</summary>
    public static AddressKey? Of(EndPoint? remote) => remote is IPEndPoint { Address: { } address } ? Of(address) : null;

    /// <summary>Reads an address, or what <see cref="ToString"/> wrote. An IPv6 address means its /64; no other prefixes are understood.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out AddressKey key)
    {
        key = default;
        if (text is null)
            return false;
        var isPrefix = text.EndsWith(Suffix, StringComparison.Ordinal);
        if (!IPAddress.TryParse(isPrefix ? text.AsSpan(0, text.Length - Suffix.Length) : text, out var address))
            return false;
        key = Of(address);

        // "1" and "0x7f.1" are addresses to the platform: whoever types so means something else.
        return key._isV6 ? address.ScopeId == 0 : !isPrefix && (address.IsIPv4MappedToIPv6 || text.Count('.') == 3);
    }

    /// <inheritdoc />
    public bool Equals(AddressKey other) => _prefix == other._prefix && _isV6 == other._isV6;

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is AddressKey other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(_prefix, _isV6);

    /// <summary>The IPv4 address, or the IPv6 prefix with /64.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[16];
        if (!_isV6)
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)_prefix);
            return new IPAddress(bytes[..4]).ToString();
        }

        BinaryPrimitives.WriteUInt64BigEndian(bytes, _prefix);
        return string.Create(CultureInfo.InvariantCulture, $"{new IPAddress(bytes)}{Suffix}");
    }

    /// <summary>Whether two are the same asker.</summary>
    public static bool operator ==(AddressKey left, AddressKey right) => left.Equals(right);

    /// <summary>Whether two are different askers.</summary>
    public static bool operator !=(AddressKey left, AddressKey right) => !left.Equals(right);
}
