using Albireo.Science.Detection;
using Albireo.Science.Images;

namespace Albireo.Science.Psf;

/// <summary>A frame whose stars are being taken off: its pixels, the background under them, and what is left.</summary>
internal sealed class PsfFrame
{
    private const double Drowned = 0.1;
    private const double FarthestModel = 4;
    private const double BrightSignalToNoise = 30;

    private readonly Image image;
    private readonly PixelMask? mask;
    private readonly Image level;
    private readonly Image noise;
    private readonly double gain;
    private double profileError;
    private double typicalNoise = double.PositiveInfinity;

    public PsfFrame(Image image, PixelMask? mask, double gain)
    {
        (this.image, this.mask, this.gain) = (image, mask, gain);
        level = new Image(image.Width, image.Height);
        noise = new Image(image.Width, image.Height);
        Left = new Image(image.Width, image.Height);
        image.Pixels.CopyTo(Left.Pixels);
    }

    /// <summary>The frame less the stars as they are known so far; its background is still there.</summary>
    public Image Left { get; }

    /// <summary>The background; pixels that are not to be used get the noise 0.</summary>
    public void Under(RowValues levelRow, RowValues noiseRow)
    {
        for (int y = 0; y < image.Height; y++)
        {
            levelRow(y, level.Row(y));
            Span<float> sigma = noise.Row(y);
            noiseRow(y, sigma);
            for (int x = 0; x < sigma.Length; x++)
            {
                bool counts = mask is null || (PixelUse.Counts(mask[x, y]) && !mask[x, y].HasFlag(PixelQuality.Saturated));
                if (!counts || !float.IsFinite(image[x, y]) || !(sigma[x] > 0))
                {
                    sigma[x] = 0;
                }
            }
        }
        float[] some = [.. noise.Pixels.ToArray().Where((s, i) => i % 37 == 0 && s > 0)];
        typicalNoise = some.Length > 0 ? Numerics.Medians.Of(some) : double.PositiveInfinity;
    }

    public bool Counts(int x, int y) => noise[x, y] > 0;

    /// <summary>What is left of a pixel above the background.</summary>
    public double Residual(int x, int y) => Left[x, y] - level[x, y];

    /// <summary>Of a pixel, with the photon noise of the stars as they are known: not of its own, noisy counts.</summary>
    public double Variance(int x, int y)
    {
        double sigma = noise[x, y];
        double photons = gain > 0 ? Math.Max(0, (double)image[x, y] - Left[x, y]) / gain : 0;
        return (sigma * sigma) + photons;
    }

    public void LevelRow(int y, Span<float> row) => level.Row(y).CopyTo(row);

    /// <summary>
    /// σ of each pixel of a row, with the photons of the stars taken off and what the profile's own error leaves of them; where a pixel
    /// is not to be used, the background's.
    /// </summary>
    public void NoiseRow(int y, Span<float> row)
    {
        for (int x = 0; x < row.Length; x++)
        {
            double left = profileError * ((double)image[x, y] - Left[x, y]);
            row[x] = Counts(x, y) ? (float)Math.Sqrt(Variance(x, y) + (left * left)) : (float)typicalNoise;
        }
    }

    /// <summary>
    /// Measures the profile's own error, as a share of a star's light in each pixel: what is left in the cores of bright stars beyond the
    /// pixels' noise, the median over the stars.
    /// </summary>
    public void MeasureProfileError(IReadOnlyList<PsfStar> stars, double radius)
    {
        double[] squares = [.. stars.Where(s => s.Flux > BrightSignalToNoise * s.FluxError).Select(s => Excess(s, radius))];
        profileError = squares.Length > 0 ? Math.Sqrt(Math.Max(0, Numerics.Medians.Of(squares))) : 0;
    }

    private double Excess(PsfStar star, double radius)
    {
        (double excess, double light) = (0, 0);
        for (int y = (int)Math.Ceiling(star.Y - radius); y <= star.Y + radius; y++)
        {
            for (int x = (int)Math.Ceiling(star.X - radius); x <= star.X + radius; x++)
            {
                if (x >= 0 && y >= 0 && x < image.Width && y < image.Height && Counts(x, y))
                {
                    double residual = Residual(x, y);
                    double model = (double)image[x, y] - Left[x, y];
                    excess += (residual * residual) - Variance(x, y);
                    light += model * model;
                }
            }
        }
        return light > 0 ? excess / light : 0;
    }

    /// <summary>What is left, above the background.</summary>
    public Image ResidualImage()
    {
        var result = new Image(image.Width, image.Height);
        for (int i = 0; i < result.Pixels.Length; i++)
        {
            result.Pixels[i] = Left.Pixels[i] - level.Pixels[i];
        }
        return result;
    }

    /// <summary>Takes all stars off anew.</summary>
    public void TakeOff(PsfModel psf, IReadOnlyList<PsfStar> stars, double radius)
    {
        image.Pixels.CopyTo(Left.Pixels);
        foreach (PsfStar star in stars)
        {
            Paint(psf, star, -1, radius);
        }
    }

    /// <summary>Puts a star back (+1) or takes it off (−1).</summary>
    public void Paint(PsfModel psf, in PsfStar star, int sign, double radius)
    {
        if (star.HasFlux)
        {
            psf.Paint(Left, star.X, star.Y, sign * star.Flux, Reach(psf, star.Flux, radius));
        }
    }

    // Faint wings add up: a bright star's are followed to where nobody sees them.
    private double Reach(PsfModel psf, double flux, double radius)
    {
        double reach = radius;
        while (reach < FarthestModel * radius && flux * psf.At(reach, 0) > Drowned * typicalNoise)
        {
            reach++;
        }
        return reach;
    }
}
