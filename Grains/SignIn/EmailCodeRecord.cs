// A code and its wrong guesses.
using Aetheris.Grains.Interfaces.SignIn;

namespace Aetheris.Grains.SignIn;

/// <summary>The code's record in the storage "aetheris-signin".</summary>
[GenerateSerializer, Alias("aetheris.signin.code.record")]
public sealed class EmailCodeRecord
{
    /// <summary>The code; null once it was used or guessed too often.</summary>
    [Id(0)] public EmailCode? Code { get; set; }

    /// <summary>Wrong guesses.</summary>
    [Id(1)] public int Guesses { get; set; }
}
