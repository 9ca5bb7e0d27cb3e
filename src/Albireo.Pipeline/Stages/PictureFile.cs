using System.Numerics.Tensors;
using Albireo.Fits;
using Albireo.Pipeline.Frames;
using Albireo.Pipeline.Instruments;
using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Options;
using Albireo.Pipeline.Runs;
using Albireo.Science.Calibration;
using Albireo.Science.Images;

namespace Albireo.Pipeline.Stages;

/// <summary>One picture on its own, as the single-picture commands see it: pixels, flags, and the detector as far as it is known.</summary>
/// <param name="Path">As it was named.</param>
/// <param name="Header">Of the picture.</param>
/// <param name="Image">Its pixels.</param>
/// <param name="Mask">Saturated, non-linear and undefined pixels; null where no pixel of a picture of whole numbers needs one.</param>
/// <param name="Uncertainty">σ of each pixel from gain and read noise; null where one of them is unknown.</param>
/// <param name="Noise">The detector, and who said so.</param>
public sealed record PictureFile(string Path, FitsHeader Header, Image Image, PixelMask? Mask, Image? Uncertainty, FrameNoise Noise)
{
    /// <summary>Saturation level; NaN if unknown.</summary>
    public double Saturation => Noise.Detector.SaturationAdu ?? double.NaN;

    /// <exception cref="FitsFormatException">The file holds no picture that can be read.</exception>
    public static PictureFile Read(string path, DetectorOptions detector, BandRunner runner)
    {
        using FitsFile file = FitsFile.Open(path);
        FitsImage picture = file.FirstImage();
        FrameInfo info = FrameFile.Read(path, TelescopeLibrary.Open(TelescopeLibrary.UserFolder), profile: null);
        FrameNoise noise = FrameNoise.Of(info, detector);
        DetectorParameters known = noise.Detector;
        if (!known.HasNoiseModel)
        {
            var flags = new Flags(picture, known);
            Image flagged = FrameReader.Picture(picture, runner, flags.Look);
            return new PictureFile(path, picture.Header, flagged, flags.Mask, null, noise);
        }
        Image image = FrameReader.Picture(picture, runner);
        CalibratedImage checkedImage = ImageCalibrator.Calibrate(
            image,
            CalibrationInputs.None,
            known,
            new CalibrationOptions(),
            new CalibrationBuffers(image, LargePages.Mask(image.Width, image.Height), null),
            runner
        );
        return new PictureFile(path, picture.Header, image, checkedImage.Mask, checkedImage.Uncertainty, noise);
    }

    /// <summary>Flags pixels as they are read; the mask is there from the first pixel on that needs a flag.</summary>
    private sealed class Flags(FitsImage picture, DetectorParameters known)
    {
        private readonly Lock maskLock = new();
        private readonly bool isDefined = picture.BitPix > 0 && picture.Blank is null;
        private readonly double limit = Math.Min(
            known.SaturationAdu ?? double.PositiveInfinity,
            known.LinearLimitAdu ?? double.PositiveInfinity
        );

        public PixelMask? Mask { get; private set; }

        public void Look(Image image, int firstRow, int rowCount)
        {
            // Whole numbers without BLANK are all defined.
            if (isDefined && (double.IsInfinity(limit) || TensorPrimitives.Max(image.Rows(firstRow, rowCount)) < limit))
            {
                return;
            }
            lock (maskLock)
            {
                Mask ??= LargePages.Mask(image.Width, image.Height);
            }
            ImageCalibrator.Flag(image, known, Mask, firstRow, rowCount);
        }
    }
}
