namespace Engine.Commands.Tests;

public class DisplayTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("busybox", "busybox")]
    [InlineData("busybox:1.36-glibc", "busybox:1.36-glibc")]
    [InlineData("registry.example.com/team/app:1.2.3", "…com/team/app:1.2.3")]
    [InlineData("sha256:0123456789abcdef0123456789abcdef", "0123456789ab")]
    public void A_long_reference_keeps_the_end_that_tells_images_apart(string? reference, string shown) =>
        Assert.Equal(shown, Display.Reference(reference, 19));

    [Theory]
    [InlineData(null, "")]
    [InlineData(0L, "0 B")]
    [InlineData(1023L, "1023 B")]
    [InlineData(1024L, "1.0 KB")]
    [InlineData(4_404_019L, "4.2 MB")]
    [InlineData(long.MaxValue, "8.0 EB")]
    public void Sizes_have_powershells_units(long? bytes, string shown) => Assert.Equal(shown, Display.Size(bytes));
}
