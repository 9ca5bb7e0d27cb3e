using Albireo.Science.Transits;
using Albireo.Tests.Support;

namespace Albireo.Tests.Transits;

public sealed class LimbDarkenedDiskTests
{
    [Fact]
    public void Flux_agrees_with_direct_integration_also_at_and_beside_every_contact()
    {
        double worst = 0;
        foreach (var row in Reference.Rows("transit_flux.csv"))
        {
            var disk = new LimbDarkenedDisk(new LimbDarkening(row["u1"], row["u2"]));
            double flux = disk.Flux(row["b"], row["k"]);
            double error = Math.Abs(flux - row["flux"]);
            Assert.True(error < 1e-10, $"b {row.Text("b")} k {row.Text("k")}: {flux} instead of {row.Text("flux")}, {error:E2}");
            worst = Math.Max(worst, error);
        }
        Assert.True(worst < 1e-11, $"worst {worst}");
    }
}
