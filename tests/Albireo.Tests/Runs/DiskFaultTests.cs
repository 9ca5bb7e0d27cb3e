using Albireo.Pipeline.Runs;

namespace Albireo.Tests.Runs;

public sealed class DiskFaultTests
{
    [Theory]
    [InlineData(
        "No space left on device : '/night/out/masters/.flat_R.fits.zrh04xbitvn.part'",
        "/night/out/masters/flat_R.fits cannot be written: No space left on device; make room and give the command again: products that were finished are kept."
    )]
    [InlineData("Read-only file system : '/night/out/c.png'", "/night/out/c.png cannot be written: Read-only file system.")]
    [InlineData("The pipe is broken.", "The pipe is broken.")]
    [InlineData("Input/output error : '/raw/a.fits'", "Input/output error : '/raw/a.fits'")]
    [InlineData("Input/output error : '/out/.a.fits.q.part'", "/out/a.fits cannot be written: Input/output error.")]
    public void What_the_system_refuses_is_said_of_the_file_that_was_meant(string message, string expected) =>
        Assert.Equal(expected, DiskFault.Sentence(new IOException(message)));
}
