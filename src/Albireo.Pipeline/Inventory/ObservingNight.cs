using Albireo.Science.Time;

namespace Albireo.Pipeline.Inventory;

/// <summary>The night that an instant belongs to: the date on which it began.</summary>
public static class ObservingNight
{
    /// <summary>
    /// The date of the last local noon at that longitude, or of the start less 15 hours where the longitude is not known.
    /// </summary>
    /// <param name="start">UTC.</param>
    /// <param name="longitudeDegrees">East positive; null where unknown.</param>
    public static DateOnly Of(JulianDate start, double? longitudeDegrees)
    {
        double shiftDays = longitudeDegrees is { } east ? (east / 360) - 0.5 : -15.0 / 24;
        // Julian dates begin at noon; the civil date of JD x is that of floor(x + 0.5), counted from 0001-01-01 = JD 1721425.5.
        double civil = start.Day - 1721425.5 + start.Fraction + shiftDays;
        return DateOnly.FromDayNumber((int)Math.Floor(civil));
    }

    /// <summary>The night of a frame; null when its start is not known.</summary>
    public static DateOnly? Of(FrameInfo frame, double? longitudeDegrees) =>
        frame.Start is null ? null : Of(frame.Start.Value, longitudeDegrees);
}
