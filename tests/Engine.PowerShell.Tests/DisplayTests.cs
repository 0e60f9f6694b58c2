namespace Engine.Commands.Tests;

public class DisplayTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("busybox", "busybox")]
    [InlineData("busybox:1.36-glibc", "busybox:1.36-glibc")]
    [InlineData("registry.example.com/team/app:1.2.3", "…com/team/app:1.2.3")]
    [InlineData("app@sha256:0123456789abcdef0123456789abcdef", "app@0123456789ab")]
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

    [Theory]
    [InlineData(null, "")]
    [InlineData("/bin/sh -c #(nop)  CMD [\"sh\"]", "CMD [\"sh\"]")]
    [InlineData("/bin/sh -c apk add \\\n   curl", "apk add \\ curl")]
    [InlineData("RUN /bin/sh -c true", "RUN /bin/sh -c true")]
    [InlineData("0123456789012345678901", "012345678901234567…")]
    public void A_step_is_a_line_without_what_all_begin_with(string? command, string shown) =>
        Assert.Equal(shown, Display.Step(command, 19));
}
