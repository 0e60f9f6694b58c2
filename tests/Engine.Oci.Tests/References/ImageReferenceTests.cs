using Engine.Oci.References;

namespace Engine.Oci.Tests.References;

public sealed class ImageReferenceTests
{
    private const string Hex = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    [Theory]
    [InlineData("busybox", "docker.io/library/busybox:latest", "busybox:latest")]
    [InlineData("busybox:1.36", "docker.io/library/busybox:1.36", "busybox:1.36")]
    [InlineData("library/busybox", "docker.io/library/busybox:latest", "busybox:latest")]
    [InlineData("docker.io/busybox", "docker.io/library/busybox:latest", "busybox:latest")]
    [InlineData("index.docker.io/busybox", "docker.io/library/busybox:latest", "busybox:latest")]
    [InlineData("index.docker.io/library/busybox", "docker.io/library/busybox:latest", "busybox:latest")]
    [InlineData("user/app", "docker.io/user/app:latest", "user/app:latest")]
    [InlineData("library/a/b", "docker.io/library/a/b:latest", "library/a/b:latest")]
    [InlineData("localhost/app", "localhost/app:latest", "localhost/app:latest")]
    [InlineData("localhost", "docker.io/library/localhost:latest", "localhost:latest")]
    [InlineData("localhost:5000/app", "localhost:5000/app:latest", "localhost:5000/app:latest")]
    [InlineData("localhost:5000", "docker.io/library/localhost:5000", "localhost:5000")]
    [InlineData("host:80/a/b:t", "host:80/a/b:t", "host:80/a/b:t")]
    [InlineData("quay.io/a/b", "quay.io/a/b:latest", "quay.io/a/b:latest")]
    [InlineData("Host/app", "Host/app:latest", "Host/app:latest")]
    [InlineData("127.0.0.1:5000/a", "127.0.0.1:5000/a:latest", "127.0.0.1:5000/a:latest")]
    [InlineData("[::1]/a", "[::1]/a:latest", "[::1]/a:latest")]
    [InlineData("[2001:db8::1]:5000/a:t", "[2001:db8::1]:5000/a:t", "[2001:db8::1]:5000/a:t")]
    [InlineData("a__b/c_d/e--f/g.h", "docker.io/a__b/c_d/e--f/g.h:latest", "a__b/c_d/e--f/g.h:latest")]
    [InlineData("app:_T.a-9", "docker.io/library/app:_T.a-9", "app:_T.a-9")]
    [InlineData("xn--n3h.com/app", "xn--n3h.com/app:latest", "xn--n3h.com/app:latest")]
    [InlineData("app@sha256:" + Hex, "docker.io/library/app@sha256:" + Hex, "app@sha256:" + Hex)]
    [InlineData("app:1@sha256:" + Hex, "docker.io/library/app:1@sha256:" + Hex, "app:1@sha256:" + Hex)]
    [InlineData("app:" + Hex, "docker.io/library/app:" + Hex, "app:" + Hex)]
    [InlineData("user/" + Hex, "docker.io/user/" + Hex + ":latest", "user/" + Hex + ":latest")]
    public void A_reference_is_brought_to_its_normal_form(string text, string normal, string familiar)
    {
        ImageReference reference = ImageReference.Parse(text);
        Assert.Equal((normal, familiar), (reference.ToString(), reference.Familiar));
        Assert.Equal(reference, ImageReference.Parse(normal));
        Assert.Equal(reference, ImageReference.Parse(familiar));
    }

    [Theory]
    [InlineData("")]
    [InlineData(Hex)]
    [InlineData("App")]
    [InlineData("user/App")]
    [InlineData("quay.io/App")]
    [InlineData("a//b")]
    [InlineData("/a")]
    [InlineData("a/")]
    [InlineData("-a")]
    [InlineData("a-")]
    [InlineData("a..b")]
    [InlineData("a___b")]
    [InlineData("a._b")]
    [InlineData("a:")]
    [InlineData("a:-t")]
    [InlineData("a:.t")]
    [InlineData("a:t:u")]
    [InlineData("a:b/c")]
    [InlineData("host:port/a")]
    [InlineData("host.-x/a")]
    [InlineData("a..b.c/x")]
    [InlineData("[::1/a")]
    [InlineData("[]/a")]
    [InlineData("[::1%eth0]/a")]
    [InlineData("[fe80::g]/a")]
    [InlineData("a b")]
    [InlineData(" a")]
    [InlineData("a\n")]
    [InlineData("ä")]
    [InlineData("https://quay.io/a")]
    [InlineData("../a")]
    [InlineData("quay.io/../a")]
    public void What_is_no_reference_is_refused(string text)
    {
        EngineException error = Assert.Throws<EngineException>(() => ImageReference.Parse(text));
        Assert.Equal((EngineErrorCode.InvalidArgument, EngineErrorReason.InvalidReference), (error.Code, error.Reason));
        Assert.False(ImageReference.TryParse(text, out _));
    }

    [Theory]
    [InlineData("a@")]
    [InlineData("a@sha256:abc")]
    [InlineData("a@sha256:" + Hex + "@sha256:" + Hex)]
    [InlineData("a@md5:d41d8cd98f00b204e9800998ecf8427e")]
    public void A_bad_digest_is_told_from_a_bad_name(string text) =>
        Assert.Equal(EngineErrorReason.InvalidDigest, Assert.Throws<EngineException>(() => ImageReference.Parse(text)).Reason);

    [Fact]
    public void Lengths_are_limited_as_docker_limits_them()
    {
        Assert.True(ImageReference.TryParse("quay.io/" + new string('a', 255), out _));
        Assert.False(ImageReference.TryParse("quay.io/" + new string('a', 256), out _));
        Assert.False(ImageReference.TryParse(new string('a', 248), out _), "library/ counts");
        Assert.True(ImageReference.TryParse("a:" + new string('t', 128), out _));
        Assert.False(ImageReference.TryParse("a:" + new string('t', 129), out _));
        Assert.False(ImageReference.TryParse(new string('a', 10_000_000), out _));
        Assert.False(ImageReference.TryParse(new string('-', 1000) + "/" + new string('_', 20), out _));
        Assert.False(ImageReference.TryParse(null, out _));
    }

    [Fact]
    public void A_bare_name_can_stay_bare()
    {
        ImageReference bare = ImageReference.Parse("busybox", defaultTag: null);
        Assert.True(bare.IsNameOnly);
        Assert.Equal("docker.io/library/busybox", bare.ToString());
        Assert.Equal("docker.io/library/busybox:x", bare.WithTag("x").ToString());
        Assert.Throws<EngineException>(() => bare.WithTag("x/y"));
        Assert.Equal("busybox@sha256:" + Hex, bare.WithTag("x").WithDigest(Digest.Parse("sha256:" + Hex)).Familiar);
    }

    [Theory]
    [InlineData("docker.io/example.com/app")]
    [InlineData("docker.io/localhost/app")]
    [InlineData("docker.io/library/" + Hex)]
    public void A_familiar_form_that_would_mean_another_image_is_not_shortened(string text)
    {
        ImageReference reference = ImageReference.Parse(text);
        Assert.Equal(text + ":latest", reference.Familiar);
        Assert.Equal(reference, ImageReference.Parse(reference.Familiar));
    }
}
