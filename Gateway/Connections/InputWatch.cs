// Looks at the inputs of one connection: whether somebody plays, and whether they play by the rules.
using Aetheris.Protocol.Commands;

namespace Aetheris.Gateway.Connections;

/// <summary>Bounds that no honest client passes. World clamps and refuses by itself; this only notes who tries. Allocates nothing.</summary>
internal struct InputWatch
{
    /// <summary>Most inputs that a living connection can lose in a row: twenty seconds of them, longer than any client stays without an answer.</summary>
    public const int MaxSkipped = 1200;

    // Both axes at full make 1.42; what is longer was not made by a stick or by keys.
    private const float MaxMoveSquared = 2.25f;
    private const int MaxTogglesPerSecond = 10;

    private long _second;
    private int _toggles;

    /// <summary>Looks at one valid input.</summary>
    public void OnInput(ConnectionStateMachine connection, in ShipInput input, long now)
    {
        if (input.MoveX != 0 || input.MoveY != 0 || input.Buttons != InputButtons.None)
            connection.Acted();
        if ((input.MoveX * input.MoveX) + (input.MoveY * input.MoveY) > MaxMoveSquared)
            connection.Suspect(SuspicionKind.Velocity);
        if ((input.Buttons & InputButtons.ToggleMining) == InputButtons.None)
            return;
        var second = now / 1000;
        if (second != _second)
        {
            _second = second;
            _toggles = 0;
        }

        if (++_toggles > MaxTogglesPerSecond)
            connection.Suspect(SuspicionKind.ActionRate);
    }
}
