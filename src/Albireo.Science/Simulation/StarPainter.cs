using Albireo.Science.Images;
using Albireo.Science.Numerics;

namespace Albireo.Science.Simulation;

/// <summary>
/// Adds a star to a picture, its profile integrated over every pixel: 5 × 5 Gauss–Legendre points in the core, 3 × 3 around it, and
/// the value with its second derivatives in the wings. The flux is that of the whole plane; what lies beyond the radius is left out.
/// </summary>
public sealed class StarPainter
{
    private static readonly double[] CoreNodes = [-0.4530899229693320, -0.2692346550528416, 0, 0.2692346550528416, 0.4530899229693320];
    private static readonly double[] CoreWeights =
    [
        0.1184634425280945,
        0.2393143352496832,
        0.2844444444444444,
        0.2393143352496832,
        0.1184634425280945,
    ];
    private static readonly double[] NearNodes = [-0.3872983346207417, 0, 0.3872983346207417];
    private static readonly double[] NearWeights = [0.2777777777777778, 0.4444444444444444, 0.2777777777777778];

    private readonly PointSpread psf;
    private readonly double xx;
    private readonly double xy;
    private readonly double yy;
    private readonly double peak;

    /// <summary>Prepares the profile.</summary>
    public StarPainter(PointSpread psf)
    {
        ArgumentNullException.ThrowIfNull(psf);
        this.psf = psf;
        double half = psf.FwhmPixels / 2;
        double width =
            psf.Shape == PsfShape.Gaussian ? half / Math.Sqrt(2 * Math.Log(2)) : half / Math.Sqrt(Math.Pow(2, 1 / psf.MoffatBeta) - 1);
        double minor = width * psf.AxisRatio;
        (double sin, double cos) = Math.SinCos(psf.AngleDegrees * Math.PI / 180);
        xx = (cos * cos / (width * width)) + (sin * sin / (minor * minor));
        yy = (sin * sin / (width * width)) + (cos * cos / (minor * minor));
        xy = 2 * sin * cos * ((1 / (width * width)) - (1 / (minor * minor)));
        peak = psf.Shape == PsfShape.Gaussian ? 1 / (2 * Math.PI * width * minor) : (psf.MoffatBeta - 1) / (Math.PI * width * minor);
    }

    /// <summary>Surface brightness at the centre of a star of unit flux, per pixel area.</summary>
    public double Peak => peak;

    /// <summary>Radius at which a star of this flux has fallen to a surface brightness, pixels (along the long axis).</summary>
    public double RadiusTo(double flux, double brightness)
    {
        double fall = flux * peak / Require.Positive(brightness);
        if (!(fall > 1))
        {
            return 0;
        }
        double half = psf.FwhmPixels / 2;
        if (psf.Shape == PsfShape.Gaussian)
        {
            return half * Math.Sqrt(Math.Log(fall) / Math.Log(2));
        }
        double alpha = half / Math.Sqrt(Math.Pow(2, 1 / psf.MoffatBeta) - 1);
        return alpha * Math.Sqrt(Math.Pow(fall, 1 / psf.MoffatBeta) - 1);
    }

    /// <summary>Adds a star.</summary>
    /// <param name="picture">Any unit.</param>
    /// <param name="centre">Pixels; may lie outside.</param>
    /// <param name="flux">Total, in the picture's unit.</param>
    /// <param name="radius">How far from the centre pixels are filled.</param>
    public void Add(Image picture, PixelPosition centre, double flux, double radius)
    {
        ArgumentNullException.ThrowIfNull(picture);
        int firstRow = (int)Math.Max(0, Math.Ceiling(centre.Y - radius));
        int lastRow = (int)Math.Min(picture.Height - 1, Math.Floor(centre.Y + radius));
        double core = 1.5 * psf.FwhmPixels;
        double near = 3 * psf.FwhmPixels;
        for (int y = firstRow; y <= lastRow; y++)
        {
            double dy = y - centre.Y;
            double reach = Math.Sqrt(Math.Max(0, (radius * radius) - (dy * dy)));
            int first = (int)Math.Max(0, Math.Ceiling(centre.X - reach));
            int last = (int)Math.Min(picture.Width - 1, Math.Floor(centre.X + reach));
            Span<float> row = picture.Row(y);
            for (int x = first; x <= last; x++)
            {
                double dx = x - centre.X;
                double distance = (dx * dx) + (dy * dy);
                double value =
                    distance > near * near ? Wing(dx, dy)
                    : distance > core * core ? Integral(dx, dy, NearNodes, NearWeights)
                    : Integral(dx, dy, CoreNodes, CoreWeights);
                row[x] += (float)(flux * value);
            }
        }
    }

    /// <summary>Surface brightness of a star of unit flux at an offset from its centre.</summary>
    public double At(double dx, double dy)
    {
        double q = (xx * dx * dx) + (xy * dx * dy) + (yy * dy * dy);
        return peak * (psf.Shape == PsfShape.Gaussian ? Math.Exp(-0.5 * q) : Power(1 + q));
    }

    private double Integral(double dx, double dy, double[] nodes, double[] weights)
    {
        double sum = 0;
        for (int j = 0; j < nodes.Length; j++)
        {
            double line = 0;
            for (int i = 0; i < nodes.Length; i++)
            {
                line += weights[i] * At(dx + nodes[i], dy + nodes[j]);
            }
            sum += weights[j] * line;
        }
        return sum;
    }

    /// <summary>Value at the pixel's centre and a 24th of its Laplacian (taken as round).</summary>
    private double Wing(double dx, double dy)
    {
        if (psf.Shape == PsfShape.Gaussian)
        {
            return Integral(dx, dy, NearNodes, NearWeights);
        }
        double q = (xx * dx * dx) + (xy * dx * dy) + (yy * dy * dy);
        double b = psf.MoffatBeta;
        double s = 1 + q;
        double trace = xx + yy;
        double gradient = Square((2 * xx * dx) + (xy * dy)) + Square((2 * yy * dy) + (xy * dx));
        double laplacian = (b * (b + 1) * gradient / (s * s)) - (2 * b * trace / s);
        return peak * Power(s) * (1 + (laplacian / 24));
    }

    private double Power(double s)
    {
        double b = psf.MoffatBeta;
        return b == 3 ? 1 / (s * s * s)
            : b == 2.5 ? 1 / (s * s * Math.Sqrt(s))
            : b == 4 ? 1 / (s * s * s * s)
            : Math.Pow(s, -b);
    }

    private static double Square(double v) => v * v;
}
