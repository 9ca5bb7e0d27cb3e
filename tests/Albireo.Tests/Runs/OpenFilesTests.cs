using Albireo.Pipeline.Runs;

namespace Albireo.Tests.Runs;

public sealed class OpenFilesTests
{
    [Theory]
    [InlineData(160, 90, 35)] // half of what is left
    [InlineData(256, 90, 83)]
    [InlineData(1_048_576, 90, 400)]
    [InlineData(128, 130, 0)] // every file anew for every band
    [InlineData(null, 0, 400)]
    public void A_stack_takes_half_of_the_files_that_may_still_be_opened(int? limit, int inUse, int most) =>
        Assert.Equal(most, OpenFiles.MostOfAStack(limit, inUse));
}
