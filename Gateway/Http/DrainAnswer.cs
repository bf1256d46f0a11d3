// How far a drain came.
namespace Aetheris.Gateway.Http;

/// <summary>Answer of <c>POST /api/admin/silos/{silo}/drain</c>.</summary>
/// <param name="Silo">SiloName.</param>
/// <param name="Rooms">Rooms that are still there: 0 when it may be stopped without a pause for anybody.</param>
public sealed record DrainAnswer(string Silo, int Rooms);
