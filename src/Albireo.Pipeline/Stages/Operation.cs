using System.Globalization;
using Albireo.Pipeline.Inventory;

namespace Albireo.Pipeline.Stages;

/// <summary>What is done to a frame as the log has it: <c>a - b ==> c</c>.</summary>
internal static class Operation
{
    /// <summary>Null where nothing is done.</summary>
    /// <param name="name">Of the frame's file.</param>
    /// <param name="removed">What is subtracted.</param>
    /// <param name="divisor">A level or a flat, or null.</param>
    /// <param name="result">The product.</param>
    public static string? Of(string name, MasterSet removed, string? divisor, string result)
    {
        string terms =
            (removed.Bias is { } bias && removed.BiasScale != 0 ? $" - {Factor(removed.BiasScale)}{bias.Name}" : "")
            + (removed.Dark is { } dark ? $" - {Factor(removed.DarkScale)}{dark.Name}" : "");
        if (terms.Length == 0 && divisor is null)
        {
            return null;
        }
        string left = divisor is not null && terms.Length > 0 ? $"({name}{terms})" : name + terms;
        return $"{left}{(divisor is null ? "" : $" / {divisor}")} ==> {result}";
    }

    /// <summary>Of a light, with its filter and exposure and those of the flat and the dark: <c>a.fits(R,200.0)&lt;&lt;[R,180.0]: …</c>.</summary>
    public static string OfLight(FrameInfo light, MasterSet removed)
    {
        string name = Path.GetFileName(light.Path);
        string had = $"{name}({light.Filter?.Value},{Seconds(light.ExposureSeconds?.Value)})";
        string took = $"[{removed.Flat?.Filter},{Seconds(removed.Dark?.ExposureSeconds)}]";
        string? done = Of(name, removed, removed.Flat?.Name, $"calibrated/{light.Name}.fits");
        return $"{had}<<{took}{(done is null ? "" : ": " + done)}";
    }

    private static string Factor(double scale) => scale == 1 ? "" : $"{scale.ToString("G6", CultureInfo.InvariantCulture)} x ";

    private static string? Seconds(double? value) => value?.ToString("0.0###", CultureInfo.InvariantCulture);
}
