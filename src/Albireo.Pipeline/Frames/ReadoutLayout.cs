using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Options;
using Albireo.Science.Calibration;
using Albireo.Science.Images;

namespace Albireo.Pipeline.Frames;

/// <summary>What of a raw picture is kept, and where its overscan lies. The same rules hold for lights and calibration frames.</summary>
public sealed record ReadoutLayout
{
    /// <summary>The pixels that remain, on the raw picture.</summary>
    public required PixelRegion Kept { get; init; }

    /// <summary>TRIMSEC, a setting, the profile …; null where nothing is cut away.</summary>
    public string? KeptFrom { get; init; }

    /// <summary>The strip that the bias level is taken from, on the raw picture; null for none.</summary>
    public PixelRegion? Overscan { get; init; }

    /// <summary>BIASSEC, a setting …</summary>
    public string? OverscanFrom { get; init; }

    /// <summary>How the level is taken; null where <see cref="Overscan"/> is.</summary>
    public OverscanOptions? OverscanOptions { get; init; }

    /// <summary>ADU that the writer took away from every pixel and that are given back (PEDESTAL); 0 for none.</summary>
    public double PedestalAdu { get; init; }

    /// <summary>The colour plane that counts as the raw picture; null for the picture itself.</summary>
    public BayerPlane? Plane { get; init; }

    /// <summary>Of the raw picture.</summary>
    public required int RawWidth { get; init; }

    /// <summary>Of the raw picture.</summary>
    public required int RawHeight { get; init; }

    /// <summary>What looks wrong, one sentence each.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>Columns that remain.</summary>
    public int Width => Kept.Width;

    /// <summary>Rows that remain.</summary>
    public int Height => Kept.Height;
    public bool IsTrimmed => KeptFrom is not null;

    /// <summary>Whether something is subtracted from raw counts.</summary>
    public bool HasLevels => Overscan is not null || PedestalAdu != 0;

    /// <summary>All of a picture, nothing subtracted.</summary>
    public static ReadoutLayout Whole(int width, int height) =>
        new()
        {
            Kept = new PixelRegion(0, width, 0, height),
            RawWidth = width,
            RawHeight = height,
        };

    /// <summary>What the header, the profile and the settings say of one frame; the settings come first.</summary>
    /// <exception cref="AlbireoException">A region of the settings reaches beyond the picture.</exception>
    public static ReadoutLayout Of(FrameInfo frame, CalibrateOptions options)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(options);
        var whole = new PixelRegion(0, frame.Width, 0, frame.Height);
        (PixelRegion Region, string From)? trim = options.Trim.Enabled
            ? Region(frame, options.Trim.Region, "calibrate.trim.region", frame.TrimSection)
            : null;
        PixelRegion kept = trim?.Region ?? whole;
        string? keptFrom = trim?.From;
        var layout = new ReadoutLayout
        {
            Plane = frame.Plane,
            RawWidth = frame.Width,
            RawHeight = frame.Height,
            Kept = kept,
            KeptFrom = kept == whole ? null : keptFrom,
            PedestalAdu = options.Pedestal ? frame.Pedestal?.Value ?? 0 : 0,
        };
        if (
            options.Overscan.Options is not { } how
            || Region(frame, options.Overscan.Region, "calibrate.overscan.region", frame.Overscan) is not { } strip
        )
        {
            return layout;
        }
        if (keptFrom is not null && Overlap(strip.Region, kept))
        {
            return layout with
            {
                Remarks =
                [
                    $"the overscan of {strip.From} {Show(strip.Region)} lies on the pixels that {keptFrom} {Show(kept)} keeps (was the frame trimmed before?): no overscan was subtracted.",
                ],
            };
        }
        return layout with
        {
            Overscan = strip.Region,
            OverscanFrom = strip.From,
            OverscanOptions = how,
            Remarks =
                keptFrom is null && options.Trim.Enabled
                    ?
                    [
                        $"no TRIMSEC, DATASEC, profile or calibrate.trim.region says which pixels see the sky: the overscan {Show(strip.Region)} stays on the picture.",
                    ]
                    : [],
        };
    }

    /// <summary>A region as headers write it, from 1, both ends included.</summary>
    public static string Show(PixelRegion region) =>
        new PixelSection(region.FirstColumn, region.FirstRow, region.Width, region.Height).ToString();

    private static (PixelRegion Region, string From)? Region(FrameInfo frame, string? setting, string key, Sourced<PixelSection>? section)
    {
        if (RegionText.Of(setting) is { } own)
        {
            return own.EndColumn <= frame.Width && own.EndRow <= frame.Height
                ? (own, key)
                : throw new AlbireoException(
                    Failure.Usage,
                    $"{key} = {setting} reaches beyond the {frame.Width} × {frame.Height} pixels of {frame.Path}."
                );
        }
        return section is { Value: var s, From: var from }
            ? (new PixelRegion(s.Column, s.Column + s.Width, s.Row, s.Row + s.Height), from)
            : null;
    }

    private static bool Overlap(PixelRegion a, PixelRegion b) =>
        a.FirstColumn < b.EndColumn && b.FirstColumn < a.EndColumn && a.FirstRow < b.EndRow && b.FirstRow < a.EndRow;
}
