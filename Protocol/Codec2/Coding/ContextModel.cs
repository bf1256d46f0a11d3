// The contexts of a block: which they are, where they stand and how they start.
using System;

namespace Aetheris.Protocol.Codec2;

/// <summary>
/// A context is the probability of a 1 in units of 2^-16. After each bit it moves by 1/32 towards it. Motion contexts start from a table of the base's age,
/// the others from one table of their own. The numbers here are part of the format.
/// </summary>
internal static class ContextModel
{
    /// <summary>Speed of adaptation: 2^-5.</summary>
    internal const int Rate = 5;

    /// <summary>Contexts of one signed number: zero, sign by 3 hints, 14 lengths, 6 second bits.</summary>
    internal const int NumberSize = 24;

    internal const int Sign = 1;
    internal const int Length = 4;
    internal const int Lengths = 14;
    internal const int Second = 18;
    internal const int Seconds = 6;

    internal const int Left = 0;
    internal const int Despawned = 1;
    internal const int SlowChanged = 2;
    internal const int HasEntrants = 3;
    internal const int Differs = 4;
    internal const int Changed = 7;
    internal const int NowAnalogue = 8;
    internal const int NoLongerAnalogue = 9;
    internal const int Age = 10;
    internal const int Ages = 14;
    internal const int NoThrust = Age + (2 * Ages);
    internal const int FullThrust = NoThrust + 2;
    internal const int FullAxis = FullThrust + 1;
    internal const int FullSmallerZero = FullAxis + 1;
    internal const int FullSmaller = FullSmallerZero + 1;
    internal const int FullRest = FullSmaller + 128;
    internal const int ThrustX = FullRest + NumberSize;
    internal const int ThrustY = ThrustX + NumberSize;
    internal const int PlaceX = ThrustY + (2 * NumberSize);
    internal const int PlaceY = PlaceX + (3 * NumberSize);
    internal const int SpeedX = PlaceY + (6 * NumberSize);
    internal const int SpeedY = SpeedX + (9 * NumberSize);
    internal const int Turn = SpeedY + (9 * NumberSize);

    /// <summary>Contexts with a start table per age.</summary>
    internal const int MotionCount = Turn + (12 * NumberSize);

    internal const int EntrantCount = MotionCount;
    internal const int SlotGap = EntrantCount + 8;
    internal const int IdLength = SlotGap + 18;
    internal const int SameType = IdLength + 66;
    internal const int AbsoluteAnalogue = SameType + 1;
    internal const int AbsoluteSpeedX = AbsoluteAnalogue + 1;
    internal const int AbsoluteSpeedY = AbsoluteSpeedX + NumberSize;
    internal const int AbsoluteThrustX = AbsoluteSpeedY + NumberSize;
    internal const int AbsoluteThrustY = AbsoluteThrustX + NumberSize;
    internal const int PrototypeMask = AbsoluteThrustY + NumberSize;
    internal const int Present = PrototypeMask + 1;
    internal const int ComponentSlots = 32;
    internal const int ComponentChanged = Present + (2 * ComponentSlots);
    internal const int ComponentRemoved = ComponentChanged + ComponentSlots;
    internal const int AsExpected = ComponentRemoved + ComponentSlots;
    internal const int LengthAsExpected = AsExpected + (2 * ComponentSlots);
    internal const int ByteAsExpected = LengthAsExpected + 1;
    internal const int BytePlaces = 8;
    internal const int ByteTree = ByteAsExpected + (ComponentSlots * BytePlaces);

    /// <summary>All contexts.</summary>
    internal const int Count = ByteTree + 256;

    /// <summary>Start tables of the motion contexts.</summary>
    internal const int AgeClasses = 8;

    /// <summary>Names of what contexts belong to.</summary>
    internal static readonly string[] Fields = { "members", "differs", "mode", "thrust", "dx dy", "dvx dvy", "dr", "entrants", "components" };

    /// <summary>Index in <see cref="Fields"/> of a context's.</summary>
    internal static int FieldOf(int context) => context switch
    {
        SlowChanged => 8,
        < Differs => 0,
        < Changed => 1,
        < NoThrust => 2,
        < PlaceX => 3,
        < SpeedX => 4,
        < Turn => 5,
        < MotionCount => 6,
        < PrototypeMask => 7,
        _ => 8,
    };

    /// <summary>Which start table a base of n ticks takes: 1, 2, 3, 4, 5–6, 7–9, 10–15, 16 and more.</summary>
    internal static int AgeClass(int n) => n switch
    {
        <= 4 => Math.Max(n, 1) - 1,
        <= 6 => 4,
        <= 9 => 5,
        <= 15 => 6,
        _ => 7,
    };
}
