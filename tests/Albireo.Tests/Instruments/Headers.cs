using Albireo.Fits;
using Albireo.Pipeline.Instruments;
using Albireo.Pipeline.Inventory;
using Albireo.Science.Time;

namespace Albireo.Tests.Instruments;

/// <summary>Headers from a few cards, and what the header map makes of them.</summary>
internal static class Headers
{
    public static FitsHeader Of(params string[] cards)
    {
        var header = new FitsHeader();
        foreach (string card in cards)
        {
            int equals = card.IndexOf('=', StringComparison.Ordinal);
            header.AddCard(
                equals > 0 && card[..equals].Trim().Length <= 8
                    ? card[..equals].Trim().PadRight(8) + "= " + card[(equals + 1)..].Trim()
                    : card
            );
        }
        return header;
    }

    /// <summary>The frame of a 96×64 picture in a file of that name.</summary>
    public static FrameInfo Read(string path, params string[] cards) =>
        HeaderMap.Read(path, Of(cards), primary: null, hdu: 0, width: 96, height: 64, profile: null, largestCount: 65535);

    /// <summary>A light of 60 s through V, with these cards besides.</summary>
    public static FrameInfo Light(params string[] cards) =>
        Read("/night/frame.fits", ["IMAGETYP= 'Light Frame'", "EXPTIME = 60.0", "FILTER = 'V'", .. cards]);

    /// <summary>As <see cref="Light"/>, with a profile.</summary>
    public static FrameInfo Light(TelescopeProfile profile, params string[] cards) =>
        HeaderMap.Read(
            "/night/frame.fits",
            Of(["IMAGETYP= 'Light Frame'", "EXPTIME = 60.0", "FILTER = 'V'", .. cards]),
            null,
            0,
            96,
            64,
            profile,
            65535
        );

    /// <summary>The start to a millisecond, or null.</summary>
    public static string? Start(this FrameInfo frame) => frame.Start?.Value.To(TimeScale.Utc).ToIso(3);

    public static bool Warns(this FrameInfo frame, string part) => frame.Warnings.Any(w => w.Contains(part, StringComparison.Ordinal));
}
