using Albireo.Science.Numerics;

namespace Albireo.Science.Images;

/// <summary>The zscale algorithm (IRAF <c>display</c>; astropy's <c>ZScaleInterval</c> with its defaults is the definition).</summary>
internal static class ZScale
{
    private const double MaximumReject = 0.5;
    private const int MinimumPixels = 5;
    private const double RejectSigma = 2.5;
    private const int MaximumIterations = 5;

    public static DisplayRange Find(ReadOnlySpan<float> pixels, double contrast, int sampleCount)
    {
        Require.Positive(contrast);
        Require.Positive(sampleCount);
        double[] sample = Sample(pixels, sampleCount);
        int count = sample.Length;
        if (count == 0)
        {
            return new DisplayRange(double.NaN, double.NaN);
        }
        Array.Sort(sample);
        (double low, double high) = (sample[0], sample[^1]);
        int least = Math.Max(MinimumPixels, (int)(count * MaximumReject));
        bool[] bad = new bool[count];
        int grow = Math.Max(1, (int)(count * 0.01));
        double slope = 0;
        int good = count;
        int lastGood = count + 1;
        for (int round = 0; round < MaximumIterations && good < lastGood && good >= least; round++)
        {
            (slope, double intercept) = FitLine(sample, bad);
            double limit = RejectSigma * Scatter(sample, bad, slope, intercept);
            for (int i = 0; i < count; i++)
            {
                bad[i] |= Math.Abs(sample[i] - ((slope * i) + intercept)) > limit;
            }
            bad = Dilate(bad, grow);
            lastGood = good;
            good = bad.AsSpan().Count(false);
        }
        if (good >= least)
        {
            double median = 0.5 * (sample[(count - 1) / 2] + sample[count / 2]);
            int centre = (count - 1) / 2;
            double steep = slope / contrast;
            low = Math.Max(low, median - ((centre - 1) * steep));
            high = Math.Min(high, median + ((count - centre) * steep));
        }
        return new DisplayRange(low, high);
    }

    private static double[] Sample(ReadOnlySpan<float> pixels, int sampleCount)
    {
        int finite = 0;
        foreach (float value in pixels)
        {
            finite += float.IsFinite(value) ? 1 : 0;
        }
        int stride = Math.Max(1, finite / sampleCount);
        double[] sample = new double[Math.Min(sampleCount, (finite + stride - 1) / stride)];
        int seen = 0;
        int taken = 0;
        foreach (float value in pixels)
        {
            if (taken == sample.Length)
            {
                break;
            }
            if (float.IsFinite(value) && seen++ % stride == 0)
            {
                sample[taken++] = value;
            }
        }
        return sample;
    }

    private static (double Slope, double Intercept) FitLine(double[] values, bool[] bad)
    {
        double n = 0;
        double sumX = 0;
        double sumY = 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (!bad[i])
            {
                n++;
                sumX += i;
                sumY += values[i];
            }
        }
        (double meanX, double meanY) = (sumX / n, sumY / n);
        double xx = 0;
        double xy = 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (!bad[i])
            {
                xx += (i - meanX) * (i - meanX);
                xy += (i - meanX) * (values[i] - meanY);
            }
        }
        double slope = xx > 0 ? xy / xx : 0;
        return (slope, meanY - (slope * meanX));
    }

    /// <summary>Standard deviation of the good residuals about their own mean.</summary>
    private static double Scatter(double[] values, bool[] bad, double slope, double intercept)
    {
        double n = 0;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (!bad[i])
            {
                double residual = values[i] - ((slope * i) + intercept);
                n++;
                sum += residual;
                squares += residual * residual;
            }
        }
        double mean = sum / n;
        return Math.Sqrt(Math.Max(0, (squares / n) - (mean * mean)));
    }

    /// <summary>numpy's <c>convolve(bad, ones(width), "same")</c>.</summary>
    private static bool[] Dilate(bool[] bad, int width)
    {
        bool[] grown = new bool[bad.Length];
        int before = width - 1 - ((width - 1) / 2);
        for (int i = 0; i < bad.Length; i++)
        {
            if (bad[i])
            {
                int first = Math.Max(0, i - ((width - 1) / 2));
                int last = Math.Min(bad.Length - 1, i + before);
                grown.AsSpan(first, last - first + 1).Fill(true);
            }
        }
        return grown;
    }
}
