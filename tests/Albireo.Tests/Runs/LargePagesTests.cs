using Albireo.Pipeline.Runs;
using Albireo.Science.Images;

namespace Albireo.Tests.Runs;

public sealed class LargePagesTests
{
    [Theory]
    [InlineData(10, 7)]
    [InlineData(2500, 1801)] // not a whole number of pages
    public void A_picture_is_zero_and_can_be_written_to_its_last_pixel(int width, int height)
    {
        Image image = LargePages.Image(width, height);
        PixelMask mask = LargePages.Mask(width, height);
        Assert.False(image.Pixels.ContainsAnyExcept(0f));
        Assert.False(mask.Flags.ContainsAnyExcept(PixelQuality.None));
        image[width - 1, height - 1] = 3;
        mask[width - 1, height - 1] = PixelQuality.Saturated;
        Assert.Equal(3, image.Pixels[^1]);
        Assert.Equal(PixelQuality.Saturated, mask.Flags[^1]);
    }
}
