using Albireo.Pipeline.Inventory;

namespace Albireo.Tests.Inventory;

public sealed class SafeNameTests
{
    [Theory]
    [InlineData("HAT-P-32", "HAT-P-32")]
    [InlineData("r'", "rp")]
    [InlineData("Hα", "Hα")]
    [InlineData("../../../../tmp/pwned", "tmp-pwned")]
    [InlineData("/etc/cron.d/x", "etc-cron.d-x")]
    [InlineData("..", "unnamed")]
    [InlineData("   ", "unnamed")]
    [InlineData(null, "unnamed")]
    [InlineData("CON", "CON_")]
    [InlineData("com1.x", "com1.x_")]
    [InlineData("$(touch pwned);`id`", "touch-pwned-id")]
    [InlineData("a,b;c\"d|e", "a-b-c-d-e")]
    [InlineData("<img src=x onerror=alert(1)>", "img-src-x-onerror-alert-1")]
    [InlineData("a\u0000b\u001bc", "abc")]
    public void Header_text_as_a_file_name(string? text, string name) => Assert.Equal(name, SafeName.Of(text));
}
