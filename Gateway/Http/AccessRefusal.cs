// Why an authorized request is refused all the same.
using Microsoft.AspNetCore.Http.HttpResults;

namespace Aetheris.Gateway.Http;

/// <summary>A refusal that is not about the token itself.</summary>
/// <param name="Answer">What the client gets.</param>
/// <param name="Reason">What the audit log says.</param>
public sealed record AccessRefusal(ProblemHttpResult Answer, string Reason);
