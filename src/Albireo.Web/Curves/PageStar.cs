namespace Albireo.Web.Curves;

/// <summary>A star as pages show it.</summary>
public sealed record PageStar(int Id, double X, double Y, string Role, string? Name, double Flux, double Peak, bool Saturated);
