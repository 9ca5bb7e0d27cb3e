namespace Albireo.Science.Detection;

/// <summary>A pixel that was repaired because nothing that went through the optics is as sharp. Sorted by row, then column.</summary>
internal readonly record struct HotPixel(int X, int Y, float Value, float Repaired, float Noise) : IComparable<HotPixel>
{
    public int CompareTo(HotPixel other) => Y != other.Y ? Y.CompareTo(other.Y) : X.CompareTo(other.X);

    public static bool operator <(HotPixel a, HotPixel b) => a.CompareTo(b) < 0;

    public static bool operator >(HotPixel a, HotPixel b) => a.CompareTo(b) > 0;

    public static bool operator <=(HotPixel a, HotPixel b) => a.CompareTo(b) <= 0;

    public static bool operator >=(HotPixel a, HotPixel b) => a.CompareTo(b) >= 0;
}
