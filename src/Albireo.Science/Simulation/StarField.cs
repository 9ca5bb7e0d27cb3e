using Albireo.Science.Images;
using Albireo.Science.Numerics;

namespace Albireo.Science.Simulation;

/// <summary>Lays out the stars of a <see cref="NightPlan"/>: target, comparisons, check, then the field.</summary>
internal static class StarField
{
    public static IReadOnlyList<SimulatedStar> Of(NightPlan plan)
    {
        var random = SeededRandom.Child(plan.Seed, 0x57A25);
        var stars = new List<SimulatedStar> { new("target", Around(plan, random, 0, 0), plan.TargetMagnitude) };
        int ring = plan.ComparisonMagnitudes.Count + 1;
        double turn = random.Uniform(0, 2 * Math.PI);
        for (int i = 0; i < ring; i++)
        {
            (double sin, double cos) = Math.SinCos(turn + (2 * Math.PI * i / ring));
            PixelPosition place = Around(plan, random, 0.22 * plan.Width * cos, 0.22 * plan.Height * sin);
            bool last = i == ring - 1;
            stars.Add(
                new SimulatedStar(last ? "check" : $"comparison-{i + 1}", place, last ? plan.CheckMagnitude : plan.ComparisonMagnitudes[i])
            );
        }
        AddField(plan, random, stars);
        var colours = SeededRandom.Child(plan.Seed, 0xC0105);
        return
        [
            .. stars.Select(
                (s, i) =>
                    s with
                    {
                        Colour =
                            i <= ring
                                ? plan.TargetColour
                                : (plan.FieldColour ?? plan.TargetColour) + (plan.ColourScatter * colours.Normal()),
                    }
            ),
        ];
    }

    /// <summary>More sky than the frame shows: drift and rotation bring in what lies outside.</summary>
    private static void AddField(NightPlan plan, SeededRandom random, List<SimulatedStar> stars)
    {
        int named = stars.Count;
        double margin = (0.15 * Math.Max(plan.Width, plan.Height)) + 30;
        double area = (plan.Width + (2 * margin)) * (plan.Height + (2 * margin));
        int count = (int)Math.Round(plan.FieldStars * area / ((double)plan.Width * plan.Height));
        for (int i = 0; i < count; i++)
        {
            double magnitude;
            do
            {
                magnitude = plan.FaintestFieldMagnitude + (Math.Log10(1 - random.Uniform()) / 0.3);
            } while (magnitude < plan.BrightestFieldMagnitude);
            var place = new PixelPosition(random.Uniform(-margin, plan.Width + margin), random.Uniform(-margin, plan.Height + margin));
            bool clear = true;
            for (int k = 0; k < named; k++)
            {
                clear &= double.Hypot(place.X - stars[k].Position.X, place.Y - stars[k].Position.Y) >= plan.ClearRadiusPixels;
            }
            if (clear)
            {
                stars.Add(new SimulatedStar($"field-{i + 1}", place, magnitude));
            }
        }
    }

    private static PixelPosition Around(NightPlan plan, SeededRandom random, double dx, double dy) =>
        new(
            ((plan.Width - 1) / 2.0) + dx + random.Uniform(-0.03 * plan.Width, 0.03 * plan.Width),
            ((plan.Height - 1) / 2.0) + dy + random.Uniform(-0.03 * plan.Height, 0.03 * plan.Height)
        );
}
