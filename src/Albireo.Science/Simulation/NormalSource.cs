using Albireo.Science.Numerics;

namespace Albireo.Science.Simulation;

/// <summary>
/// Normal deviates at a few nanoseconds each: Doornik's (2005) form of the ziggurat of Marsaglia &amp; Tsang (2000, Journal of
/// Statistical Software 5, 8), 128 layers, on the bits of a <see cref="SeededRandom"/>.
/// </summary>
internal sealed class NormalSource(SeededRandom random)
{
    private const int Layers = 128;
    private const double TailStart = 3.442619855899;
    private const double LayerArea = 9.91256303526217e-3;
    private static readonly double[] Edges = MakeEdges();
    private static readonly double[] Ratios = MakeRatios();

    public double Next()
    {
        while (true)
        {
            ulong bits = random.NextBits();
            int layer = (int)(bits & (Layers - 1));
            double u = (((bits >> 11) + 0.5) * (2.0 / (1UL << 53))) - 1;
            if (Math.Abs(u) < Ratios[layer])
            {
                return u * Edges[layer];
            }
            if (layer == 0)
            {
                return Tail(u < 0);
            }
            double x = u * Edges[layer];
            double outer = Math.Exp(-0.5 * ((Edges[layer] * Edges[layer]) - (x * x)));
            double inner = Math.Exp(-0.5 * ((Edges[layer + 1] * Edges[layer + 1]) - (x * x)));
            if (inner + (random.Uniform() * (outer - inner)) < 1)
            {
                return x;
            }
        }
    }

    private double Tail(bool negative)
    {
        double x;
        double y;
        do
        {
            x = Math.Log(1 - random.Uniform()) / TailStart;
            y = Math.Log(1 - random.Uniform());
        } while (-2 * y < x * x);
        return negative ? x - TailStart : TailStart - x;
    }

    private static double[] MakeEdges()
    {
        var edges = new double[Layers + 1];
        double f = Math.Exp(-0.5 * TailStart * TailStart);
        edges[0] = LayerArea / f;
        edges[1] = TailStart;
        for (int i = 2; i < Layers; i++)
        {
            edges[i] = Math.Sqrt(-2 * Math.Log((LayerArea / edges[i - 1]) + f));
            f = Math.Exp(-0.5 * edges[i] * edges[i]);
        }
        return edges;
    }

    private static double[] MakeRatios()
    {
        var ratios = new double[Layers];
        for (int i = 0; i < Layers; i++)
        {
            ratios[i] = Edges[i + 1] / Edges[i];
        }
        return ratios;
    }
}
