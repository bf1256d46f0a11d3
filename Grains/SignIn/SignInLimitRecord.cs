// The tries that a limit remembers.
namespace Aetheris.Grains.SignIn;

/// <summary>When tries were taken, oldest first, in the storage "aetheris-signin".</summary>
[GenerateSerializer, Alias("aetheris.signin.limit.record")]
public sealed class SignInLimitRecord
{
    /// <summary>UTC ticks; no more than the limit.</summary>
    [Id(0)] public List<long> Taken { get; set; } = [];
}
