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
/// <param name="Mask">Saturated, non-linear and undefined pixels; null where none can be told: whole numbers without BLANK, no limit known.</param>
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
        Image image = FrameReader.Picture(picture, runner);
        FrameInfo info = FrameFile.Read(path, TelescopeLibrary.Open(TelescopeLibrary.UserFolder), profile: null);
        FrameNoise noise = FrameNoise.Of(info, detector);
        DetectorParameters known = noise.Detector;
        bool isDefined = picture.BitPix > 0 && picture.Blank is null;
        if (isDefined && !known.HasNoiseModel && known.SaturationAdu is null && known.LinearLimitAdu is null)
        {
            return new PictureFile(path, picture.Header, image, null, null, noise);
        }
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
}
