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
/// <param name="Mask">Saturated, non-linear and undefined pixels.</param>
/// <param name="Uncertainty">σ of each pixel from gain and read noise; null where one of them is unknown.</param>
/// <param name="Noise">The detector, and who said so.</param>
public sealed record PictureFile(string Path, FitsHeader Header, Image Image, PixelMask Mask, Image? Uncertainty, FrameNoise Noise)
{
    /// <summary>Saturation level; NaN if unknown.</summary>
    public double Saturation => Noise.Detector.SaturationAdu ?? double.NaN;

    /// <exception cref="FitsFormatException">The file holds no picture that can be read.</exception>
    public static PictureFile Read(string path, DetectorOptions detector, BandRunner runner)
    {
        (Image image, FitsHeader header) = FrameReader.ReadImage(path, runner);
        FrameInfo info = FrameFile.Read(path, TelescopeLibrary.Open(TelescopeLibrary.UserFolder), profile: null);
        FrameNoise noise = FrameNoise.Of(info, detector);
        CalibratedImage checkedImage = ImageCalibrator.Calibrate(
            image,
            CalibrationInputs.None,
            noise.Detector,
            new CalibrationOptions(),
            new CalibrationBuffers(image, LargePages.Mask(image.Width, image.Height), null),
            runner
        );
        return new PictureFile(path, header, image, checkedImage.Mask, checkedImage.Uncertainty, noise);
    }
}
