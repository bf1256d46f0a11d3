// What to draw: everybody at the render clock's tick, the own ship where the pilot's inputs have taken it.
using Aetheris.Client.Prediction;
using Aetheris.Client.Time;
using Aetheris.Client.View.Motion;
using Aetheris.Protocol.Components;
using Aetheris.Protocol.Identity;

namespace Aetheris.Client.View;

/// <summary>Places for one frame; valid after each poll of the client. Asking allocates nothing.</summary>
public sealed class Scene
{
    private readonly ClientView _view;
    private readonly OwnShipPrediction _prediction;
    private readonly ServerClock _server;

    internal Scene(ClientView view, OwnShipPrediction prediction, ServerClock server)
    {
        _view = view;
        _prediction = prediction;
        _server = server;
        Clock = new RenderClock(server);
    }

    /// <summary>Which tick is shown.</summary>
    public RenderClock Clock { get; }

    /// <summary>How corrections of the own ship are hidden.</summary>
    public CorrectionBlend Correction => _prediction.Blend;

    /// <summary>Where to draw an entity; false if its place is not known.</summary>
    public bool TryGet(NetworkId id, out RenderedMotion motion)
    {
        if (id == _view.OwnShip && _prediction.TryGetShown(_server.Fraction, _view.Motion, out motion))
            return true;
        motion = default;
        return _view.TryGetSlot(id, out var slot) && _view.Motion.TryGet(slot, Clock.Tick, out motion);
    }

    internal void Advance(long nowMicros)
    {
        Clock.Advance(nowMicros);
        _prediction.Blend.Advance(nowMicros);
        var motion = _view.Motion;
        motion.ShownTick = Clock.Tick;
        motion.TickRate = _server.TickRate;
        if (motion.SizeX == 0 && _view.TryGetBounds(out var bounds))
            (motion.SizeX, motion.SizeY) = (bounds.MaxX - bounds.MinX, bounds.MaxY - bounds.MinY);
    }
}
