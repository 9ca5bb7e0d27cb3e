using System.Runtime.CompilerServices;

namespace Albireo.Science.Numerics;

/// <summary>Checks of arguments and options, each with a message that names what was given and what is allowed.</summary>
public static class Require
{
    /// <summary>Returns <paramref name="value"/> if it is finite and above zero.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public static double Positive(double value, [CallerMemberName] string name = "") =>
        double.IsFinite(value) && value > 0 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be above 0.");

    /// <summary>Returns <paramref name="value"/> if it is above zero.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public static int Positive(int value, [CallerMemberName] string name = "") =>
        value > 0 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be above 0.");

    /// <summary>Returns <paramref name="value"/> if it is finite and not below zero.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public static double NotNegative(double value, [CallerMemberName] string name = "") =>
        double.IsFinite(value) && value >= 0 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be 0 or more.");

    /// <summary>Returns <paramref name="value"/> if it is not below zero.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is.</exception>
    public static int NotNegative(int value, [CallerMemberName] string name = "") =>
        value >= 0 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be 0 or more.");

    /// <summary>Returns <paramref name="value"/> if it lies in [<paramref name="low"/>, <paramref name="high"/>].</summary>
    /// <exception cref="ArgumentOutOfRangeException">It does not.</exception>
    public static double Between(double value, double low, double high, [CallerMemberName] string name = "") =>
        value >= low && value <= high
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{name} must lie between {low} and {high}.");

    /// <summary>Throws unless both spans have the same length.</summary>
    /// <exception cref="ArgumentException">They differ.</exception>
    public static void SameLength(int expected, int found, [CallerArgumentExpression(nameof(found))] string name = "")
    {
        if (expected != found)
        {
            throw new ArgumentException($"{name}: {expected} values expected, {found} found.", name);
        }
    }
}
