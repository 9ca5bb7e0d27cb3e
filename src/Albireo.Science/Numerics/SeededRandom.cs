using System.Numerics;

namespace Albireo.Science.Numerics;

/// <summary>
/// Random numbers that are the same on every machine and .NET version: xoshiro256** (Blackman &amp; Vigna 2021) seeded by
/// splitmix64. Not for secrets.
/// </summary>
public sealed class SeededRandom
{
    private ulong s0;
    private ulong s1;
    private ulong s2;
    private ulong s3;
    private double spareNormal = double.NaN;

    /// <summary>Starts the sequence of <paramref name="seed"/>.</summary>
    public SeededRandom(ulong seed)
    {
        s0 = SplitMix(ref seed);
        s1 = SplitMix(ref seed);
        s2 = SplitMix(ref seed);
        s3 = SplitMix(ref seed);
    }

    /// <summary>A generator whose sequence is independent of this one's: the <paramref name="index"/>-th child of a seed.</summary>
    public static SeededRandom Child(ulong seed, ulong index)
    {
        ulong mixed = seed;
        ulong first = SplitMix(ref mixed);
        return new SeededRandom(first ^ (index * 0xD1342543DE82EF95UL + 0x2545F4914F6CDD1DUL));
    }

    /// <summary>64 random bits.</summary>
    public ulong NextBits()
    {
        ulong result = BitOperations.RotateLeft(s1 * 5, 7) * 9;
        ulong t = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= t;
        s3 = BitOperations.RotateLeft(s3, 45);
        return result;
    }

    /// <summary>Uniform in [0, 1), with 53 bits.</summary>
    public double Uniform() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [<paramref name="low"/>, <paramref name="high"/>).</summary>
    public double Uniform(double low, double high) => low + ((high - low) * Uniform());

    /// <summary>An integer in [0, <paramref name="bound"/>), without bias.</summary>
    public int Below(int bound)
    {
        Require.Positive(bound);
        return (int)Math.BigMul(NextBits(), (ulong)bound, out _);
    }

    /// <summary>Standard normal deviate (Marsaglia's polar method).</summary>
    public double Normal()
    {
        if (!double.IsNaN(spareNormal))
        {
            double spare = spareNormal;
            spareNormal = double.NaN;
            return spare;
        }
        double u;
        double v;
        double s;
        do
        {
            u = (2 * Uniform()) - 1;
            v = (2 * Uniform()) - 1;
            s = (u * u) + (v * v);
        } while (s is >= 1 or 0);
        double factor = Math.Sqrt(-2 * Math.Log(s) / s);
        spareNormal = v * factor;
        return u * factor;
    }

    /// <summary>Poisson deviate: inversion below 10, Hörmann's transformed rejection PTRS (1993) from there on.</summary>
    /// <param name="mean">Expected value, 0 or more.</param>
    public long Poisson(double mean)
    {
        Require.NotNegative(mean);
        if (mean < 10)
        {
            double limit = Math.Exp(-mean);
            double product = Uniform();
            long count = 0;
            while (product > limit)
            {
                product *= Uniform();
                count++;
            }
            return count;
        }
        double b = 0.931 + (2.53 * Math.Sqrt(mean));
        double a = -0.059 + (0.02483 * b);
        double inverseAlpha = 1.1239 + (1.1328 / (b - 3.4));
        double vr = 0.9277 - (3.6224 / (b - 2));
        double logMean = Math.Log(mean);
        while (true)
        {
            double u = Uniform() - 0.5;
            double v = Uniform();
            double us = 0.5 - Math.Abs(u);
            double k = Math.Floor((((2 * a / us) + b) * u) + mean + 0.43);
            if (us >= 0.07 && v <= vr)
            {
                return (long)k;
            }
            if (k < 0 || (us < 0.013 && v > us))
            {
                continue;
            }
            if (Math.Log(v * inverseAlpha / ((a / (us * us)) + b)) <= (k * logMean) - mean - LogFactorial(k))
            {
                return (long)k;
            }
        }
    }

    private static double LogFactorial(double k)
    {
        if (k < 10)
        {
            double product = 1;
            for (int i = 2; i <= k; i++)
            {
                product *= i;
            }
            return Math.Log(product);
        }
        double x = k + 1;
        double inverse = 1 / (x * x);
        double series = ((((((1.0 / 1680) * -inverse) + (1.0 / 1260)) * -inverse) + (1.0 / 360)) * -inverse) + (1.0 / 12);
        return ((x - 0.5) * Math.Log(x)) - x + (0.5 * Math.Log(2 * Math.PI)) + (series / x);
    }

    private static ulong SplitMix(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15UL;
        ulong z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
