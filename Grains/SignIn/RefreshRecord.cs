// A family of refresh tokens.
using Aetheris.Grains.Interfaces.SignIn;

namespace Aetheris.Grains.SignIn;

/// <summary>The family's record in the storage "aetheris-signin".</summary>
[GenerateSerializer, Alias("aetheris.signin.refresh.record")]
public sealed class RefreshRecord
{
    /// <summary>The sign-in; null when it is over.</summary>
    [Id(0)] public SignInGrant? SignIn { get; set; }

    /// <summary>Hash of the one token that is good.</summary>
    [Id(1)] public byte[] Newest { get; set; } = [];
}
