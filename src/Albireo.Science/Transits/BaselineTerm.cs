namespace Albireo.Science.Transits;

/// <summary>A quantity that the light outside transit may depend on, linearly: airmass, time, position, FWHM, sky.</summary>
/// <param name="Name">Such as <c>airmass</c> or <c>time^2</c>.</param>
/// <param name="Values">One a point; all finite.</param>
public sealed record BaselineTerm(string Name, double[] Values);
