// Walks the fields of one struct in whichever of its three forms it came: array, map or bin.
namespace Aetheris.Protocol.Codec1.MessagePack;

/// <summary>
/// State of one struct being read. Loop: <c>while (fields.TryNext(ref reader, out var i)) { read field i }</c>, then <see cref="TryEnd"/>,
/// which tells the end from an error. Source: WIRE_FORMAT §6, structs.
/// </summary>
public struct StructReader
{
    private readonly StructShape _shape;
    private readonly bool _isMap;
    private readonly bool _isBin;
    private uint _left;
    private int _next;
    private uint _seen;
    private bool _failed;

    internal StructReader(StructShape shape, bool isMap, bool isBin, uint entries)
    {
        _shape = shape;
        _isMap = isMap;
        _isBin = isBin;
        _left = entries;
        _next = 0;
        _seen = 0;
        _failed = false;
    }

    /// <summary>Which field's value comes next; unknown map keys are skipped. False at the end and at an error.</summary>
    public bool TryNext(scoped ref MessagePackReader reader, out int field)
    {
        field = _next;
        if (!_isMap)
        {
            _next++;
            return field < _shape.Count;
        }

        while (_left > 0)
        {
            _left--;
            if (!reader.TryReadKey(_shape, out field))
                return Fail();
            if (field < 0)
            {
                if (!reader.TrySkip())
                    return Fail();
                continue;
            }

            var bit = 1u << field;
            if ((_seen & bit) != 0)
                return Fail();
            _seen |= bit;
            return true;
        }

        return false;
    }

    /// <summary>Whether the struct is complete; must follow the loop.</summary>
    public readonly bool TryEnd(scoped ref MessagePackReader reader)
    {
        if (_failed || (_isMap && (_shape.Required & ~_seen) != 0))
            return false;
        if (_isBin)
            reader.EndBin();
        else
            reader.Leave();
        return true;
    }

    private bool Fail()
    {
        _failed = true;
        return false;
    }
}
