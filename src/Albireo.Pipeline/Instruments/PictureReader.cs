using Albireo.Fits;
using Albireo.Pipeline.Inventory;

namespace Albireo.Pipeline.Instruments;

/// <summary>What the header says about the picture: filter, sections, sub-frame, colour.</summary>
internal static class PictureReader
{
    private static readonly string[] NoGlass = ["AIR", "OPEN", "CLEAR", "EMPTY", "NONE", "OUT"];

    /// <summary>The filter; wheels that are open do not count where several are named.</summary>
    public static Sourced<string>? Filter(HeaderReading reading)
    {
        if (reading.Text(reading.KeywordsOf(Concepts.Filter)) is { } found)
        {
            if (reading.Card(found.From)!.Kind == FitsValueKind.Integer)
            {
                reading.Warn($"{found.From} = {found.Raw} is a number, perhaps the place in a wheel: taken as the filter's name.");
            }
            foreach (string keyword in reading.KeywordsOf(Concepts.Filter))
            {
                // A list of the filters in the wheel holds the one that is used.
                if (reading.Text(keyword) is { } other && !other.Contains(found.Value, StringComparison.OrdinalIgnoreCase))
                {
                    reading.Warn($"{keyword} = '{other}' is not {found.From} = '{found.Raw}': {found.From} is used.");
                }
            }
            return found;
        }
        var wheels = new List<Sourced<string>>();
        for (int wheel = 1; wheel <= 9; wheel++)
        {
            string keyword = $"FILTER{wheel}";
            if (reading.Text(keyword) is { } text)
            {
                wheels.Add(new Sourced<string>(text, keyword, text));
            }
        }
        List<Sourced<string>> glass = wheels.FindAll(w => !NoGlass.Contains(w.Value, StringComparer.OrdinalIgnoreCase));
        if (glass.Count == 0)
        {
            return wheels.FirstOrDefault();
        }
        return new Sourced<string>(
            string.Join('+', glass.Select(w => w.Value)),
            string.Join(',', glass.Select(w => w.From)),
            string.Join(' ', glass.Select(w => w.Raw))
        );
    }

    /// <summary>A section keyword, if it is one and lies inside the picture.</summary>
    public static Sourced<PixelSection>? Section(HeaderReading reading, string concept, int width, int height)
    {
        foreach (string keyword in reading.KeywordsOf(concept))
        {
            if (reading.Text(keyword) is not { } text)
            {
                continue;
            }
            if (!PixelSection.TryParse(text, out PixelSection section))
            {
                reading.Warn($"{keyword} = '{text}' is no section such as [1:8,1:64]: taken as missing.");
            }
            else if (!section.IsInside(width, height))
            {
                reading.Warn($"{keyword} = '{text}' does not lie inside the picture of {width}×{height}: taken as missing.");
            }
            else
            {
                return new Sourced<PixelSection>(section, keyword, text);
            }
        }
        return null;
    }

    /// <summary>What the profile leaves of the picture.</summary>
    public static Sourced<PixelSection>? Trimmed(HeaderReading reading, int width, int height)
    {
        if (reading.Profile?.Trimming is not { } cut)
        {
            return null;
        }
        if (2 * cut.Columns >= width || 2 * cut.Rows >= height)
        {
            reading.Warn(
                $"The profile {reading.Profile.Name} trims {cut.Columns} columns and {cut.Rows} rows on every side, which leaves nothing of {width}×{height}: not trimmed."
            );
            return null;
        }
        var section = new PixelSection(cut.Columns, cut.Rows, width - (2 * cut.Columns), height - (2 * cut.Rows));
        return new Sourced<PixelSection>(section, "profile", $"[{cut.Columns}, {cut.Rows}]");
    }

    /// <summary>First column and row of the picture on the full frame, in pixels as read out.</summary>
    public static Sourced<FrameOrigin>? SubFrameOrigin(HeaderReading reading, PixelBinning? binning)
    {
        Sourced<FrameOrigin>? stated = StatedOrigin(reading, binning);
        Sourced<FrameOrigin>? moved = MovedOrigin(reading);
        if (stated is not null && moved is not null && stated.Value != moved.Value)
        {
            reading.Warn(
                $"{moved.From} = {moved.Raw} is another place on the chip than {stated.From} = {stated.Raw}: {stated.From} is used."
            );
        }
        if (stated is not null || moved is not null)
        {
            return stated ?? moved;
        }
        if (reading.Card("CTYPE1") is null && Whole(reading, "CRVAL1") is { } column && Whole(reading, "CRVAL2") is { } row)
        {
            return new Sourced<FrameOrigin>(new FrameOrigin(column, row), "CRVAL1,CRVAL2", $"{column} {row}");
        }
        return null;
    }

    private static Sourced<FrameOrigin>? StatedOrigin(HeaderReading reading, PixelBinning? binning)
    {
        if (Whole(reading, "XORGSUBF") is not { } x || Whole(reading, "YORGSUBF") is not { } y)
        {
            return null;
        }
        // The card's comment says which pixels it counts (MaxIm's does), else the profile.
        string comment = reading.Comment("XORGSUBF");
        bool unbinned =
            comment.Contains("unbinned", StringComparison.OrdinalIgnoreCase)
            || (reading.Profile?.SubFrameOriginUnbinned == true && !comment.Contains("binned", StringComparison.OrdinalIgnoreCase));
        PixelBinning divide = unbinned && binning is { } by ? by : new PixelBinning(1, 1);
        return new Sourced<FrameOrigin>(new FrameOrigin(x / divide.Columns, y / divide.Rows), "XORGSUBF,YORGSUBF", $"{x} {y}");
    }

    private static Sourced<FrameOrigin>? MovedOrigin(HeaderReading reading) =>
        reading.Number("LTV1") is { } ltv1 && reading.Number("LTV2") is { } ltv2 && ltv1 <= 0 && ltv2 <= 0
            ? new Sourced<FrameOrigin>(
                new FrameOrigin((int)Math.Round(-ltv1), (int)Math.Round(-ltv2)),
                "LTV1,LTV2",
                $"{reading.Text("LTV1")} {reading.Text("LTV2")}"
            )
            : null;

    private static int? Whole(HeaderReading reading, string keyword) =>
        reading.Number(keyword) is { } value && value is >= 0 and < 1e6 && value == Math.Floor(value) ? (int)value : null;

    /// <summary>
    /// The colours of the file's first two rows and columns (RGGB …): the keyword names them from the top of the picture, offsets and
    /// the order of the rows move them.
    /// </summary>
    public static Sourced<string>? BayerPattern(HeaderReading reading, int height)
    {
        if (reading.Text(reading.KeywordsOf(Concepts.BayerPattern)) is not { } found)
        {
            return null;
        }
        string pattern = found.Value.ToUpperInvariant();
        if (pattern.Length != 4 || pattern.Any(c => c is not ('R' or 'G' or 'B')) || pattern.Count(c => c == 'G') != 2)
        {
            reading.Warn($"{found.From} = '{found.Raw}' is no Bayer pattern that is known: the frame is still not measured as mono.");
            return found;
        }
        if (reading.Text("ROWORDER") is null)
        {
            reading.Warn($"{found.From} without ROWORDER: the pattern is taken to begin with the file's first row.");
        }
        if (reading.Number("XBAYROFF") is { } x && Math.Abs(x % 2) == 1)
        {
            pattern = $"{pattern[1]}{pattern[0]}{pattern[3]}{pattern[2]}";
        }
        bool flipRows = reading.Number("YBAYROFF") is { } y && Math.Abs(y % 2) == 1;
        if (string.Equals(reading.Text("ROWORDER"), "BOTTOM-UP", StringComparison.OrdinalIgnoreCase) && height % 2 == 0)
        {
            flipRows = !flipRows;
        }
        return found with { Value = flipRows ? pattern[2..] + pattern[..2] : pattern };
    }

    /// <summary><c>east</c> or <c>west</c>; other words are unknown.</summary>
    public static Sourced<string>? PierSide(HeaderReading reading)
    {
        if (reading.Text(reading.KeywordsOf(Concepts.PierSide)) is not { } found)
        {
            return null;
        }
        string? side =
            found.Value.Contains("east", StringComparison.OrdinalIgnoreCase) ? "east"
            : found.Value.Contains("west", StringComparison.OrdinalIgnoreCase) ? "west"
            : found.Value.Equals("E", StringComparison.OrdinalIgnoreCase) ? "east"
            : found.Value.Equals("W", StringComparison.OrdinalIgnoreCase) ? "west"
            : null;
        return side is null ? null : found with { Value = side };
    }
}
