using Albireo.Science.Time;

namespace Albireo.Science.Sky;

/// <summary>One step of a <see cref="TimeAudit"/>.</summary>
/// <param name="Name">What is counted now, such as <c>UTC mid-exposure</c>.</param>
/// <param name="Instant">The time after the step.</param>
/// <param name="Seconds">What the step added.</param>
/// <param name="Reason">Why, in a few words.</param>
public sealed record TimeAuditStep(string Name, JulianDate Instant, double Seconds, string Reason);
