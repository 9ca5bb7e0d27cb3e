namespace Albireo.Pipeline;

/// <summary>What the program calls itself in its products.</summary>
public static class ProgramVersion
{
    /// <summary>Raised whenever numbers change, so that older products are not taken for today's.</summary>
    public const int Numbers = 4;

    /// <summary><c>albireo 0.1.0</c>.</summary>
    public static string Text { get; } = "albireo " + Number;

    public static string Number => typeof(ProgramVersion).Assembly.GetName().Version!.ToString(3);
}
