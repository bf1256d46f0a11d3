// Whether a lease lets its connection go on.
namespace Aetheris.Gateway.Connections;

/// <summary>Judgement of a lease at one moment.</summary>
internal enum LeaseState
{
    /// <summary>Go on.</summary>
    Good = 0,

    /// <summary>The token has ended (T-24).</summary>
    Expired = 1,

    /// <summary>The client has sent nothing for too long (T-23).</summary>
    Idle = 2,
}
