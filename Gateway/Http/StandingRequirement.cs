// A token that is genuine may still be worth nothing.
using Microsoft.AspNetCore.Authorization;

namespace Aetheris.Gateway.Http;

/// <summary>The player is neither banned nor was the token revoked. Part of every policy, so that no route can forget it.</summary>
public sealed class StandingRequirement : IAuthorizationRequirement;
