using System.Buffers;
using Albireo.Fits;
using Albireo.Pipeline.Frames;
using Albireo.Science.Detection;
using Albireo.Science.Matching;

namespace Albireo.Pipeline.Products;

/// <summary>sources/NAME.fits: the stars found in one frame, brightest first.</summary>
public static class SourceFile
{
    public static void Write(string path, Frame frame)
    {
        IReadOnlyList<Source> sources = frame.Sources;
        var table = new FitsTable(sources.Count);
        int[] whole = ArrayPool<int>.Shared.Rent(sources.Count);
        double[] reals = ArrayPool<double>.Shared.Rent(sources.Count);
        Whole("ID", (_, i) => i);
        Reals("X", s => s.X, "pixel");
        Reals("Y", s => s.Y, "pixel");
        Reals("FLUX", s => s.Flux, frame.Unit);
        Reals("FLUX_ERROR", s => s.FluxError, frame.Unit);
        Reals("PEAK", s => s.Peak, "adu");
        Reals("FWHM", s => s.Fwhm, "pixel");
        Reals("FWHM_MAJOR", s => s.FwhmMajor, "pixel");
        Reals("FWHM_MINOR", s => s.FwhmMinor, "pixel");
        Reals("ANGLE", s => s.AngleDegrees, "deg");
        Reals("SNR", s => s.SignalToNoise, null);
        Whole("NPIX", (s, _) => s.PixelCount);
        Whole("FLAGS", (s, _) => (int)SourceFlagNames.Bits(s.Flags));
        void Reals(string name, Func<Source, double> value, string? unit)
        {
            for (int i = 0; i < sources.Count; i++)
            {
                reals[i] = value(sources[i]);
            }
            table.Add<double>(name, reals.AsSpan(0, sources.Count), unit);
        }
        void Whole(string name, Func<Source, int, int> value)
        {
            for (int i = 0; i < sources.Count; i++)
            {
                whole[i] = value(sources[i], i);
            }
            table.Add<int>(name, whole.AsSpan(0, sources.Count));
        }
        ArrayPool<int>.Shared.Return(whole);
        ArrayPool<double>.Shared.Return(reals);

        var header = new FitsHeader();
        header.Set("EXTNAME", "SOURCES");
        header.Set("FRAME", frame.Info.Name, "frame in which they were found");
        if (frame.Background is { } background)
        {
            header.Set("SKY", background.MedianLevel, $"[{frame.Unit}] median background");
            header.Set("SKYRMS", background.MedianRms, $"[{frame.Unit}] median background noise a pixel");
        }
        if (frame.Profile is { } profile)
        {
            header.Set("FWHM", profile.Fwhm, "[pixel] of clean stars");
            header.Set("ELLIPT", profile.Ellipticity, "1 - short / long axis of their mean shape");
        }
        if (frame.Quality is { } quality)
        {
            Real("SHIFTX", quality.ShiftX, "[pixel] of the reference's middle");
            Real("SHIFTY", quality.ShiftY, "[pixel] of the reference's middle");
            Real("ROTATION", quality.RotationDegrees, "[deg] from the reference, +x towards +y");
            Real("TRANSPAR", quality.Transparency, "brightness of stars against the reference");
        }
        void Real(string keyword, double value, string comment)
        {
            if (double.IsFinite(value))
            {
                header.Set(keyword, value, comment);
            }
        }
        if (frame.Match is { } match)
        {
            PlaneTransform t = match.Transform;
            header.Set("MATCHED", match.MatchedStars, "stars matched with the reference frame");
            header.Set("RESIDUAL", match.ResidualPixels, "[pixel] of the matched stars");
            foreach (
                (char letter, double value) in (ReadOnlySpan<(char, double)>)
                    [('A', t.A), ('B', t.B), ('C', t.C), ('D', t.D), ('E', t.E), ('F', t.F)]
            )
            {
                header.Set("TRANSF_" + letter, value, "reference to this frame; see docs/observation.md");
            }
        }
        using FitsOutput output = FitsOutput.Create(path);
        output.AddTable(header, table);
        output.Commit();
    }
}
