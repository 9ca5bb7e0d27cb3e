using Albireo.Science.Images;
using Albireo.Science.Numerics;
using Albireo.Science.Sky;

namespace Albireo.Science.Calibration;

/// <summary>Coordinates from what is known without matching a star: where the telescope pointed and how large a pixel is.</summary>
public static class NominalWcs
{
    /// <summary>The target in the middle of the frame, north towards larger y unless turned.</summary>
    /// <param name="target">Direction of the frame's middle, ICRS.</param>
    /// <param name="pixelScaleArcsec">Of a pixel as it is on the frame, above 0.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="isMirrored">True where east is towards larger x when north is up.</param>
    /// <param name="rotationDegrees">Position angle of the y axis: from north through east.</param>
    public static Wcs Of(
        SkyCoordinate target,
        double pixelScaleArcsec,
        int width,
        int height,
        bool isMirrored = false,
        double rotationDegrees = 0
    )
    {
        double scale = Require.Positive(pixelScaleArcsec) / 3600;
        (double sin, double cos) = Math.SinCos(rotationDegrees * Math.PI / 180);
        double east = isMirrored ? scale : -scale;
        return new Wcs
        {
            ReferencePixel = new PixelPosition((Require.Positive(width) - 1) / 2.0, (Require.Positive(height) - 1) / 2.0),
            ReferenceDirection = target,
            Matrix = [east * cos, scale * sin, -east * sin, scale * cos],
        };
    }
}
