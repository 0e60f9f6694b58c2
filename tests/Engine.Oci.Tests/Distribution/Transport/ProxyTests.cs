using Engine.Oci.Distribution.Transport;

namespace Engine.Oci.Tests.Distribution.Transport;

public sealed class ProxyTests : DistributionTest
{
    [Theory]
    [InlineData("*", "https://any.example/", true)]
    [InlineData("", "https://any.example/", false)]
    [InlineData("", "http://127.0.0.1:5000/", true)]
    [InlineData("", "http://[::1]:5000/", true)]
    [InlineData("", "http://localhost/", true)]
    [InlineData("example.com", "https://example.com/", true)]
    [InlineData("example.com", "https://a.example.com/", true)]
    [InlineData("example.com", "https://notexample.com/", false)]
    [InlineData(".example.com", "https://a.example.com/", true)]
    [InlineData(".example.com", "https://example.com/", false)]
    [InlineData("*.example.com", "https://a.example.com/", true)]
    [InlineData("EXAMPLE.com", "https://example.COM/", true)]
    [InlineData("a.b, example.com:5000", "https://example.com:5000/", true)]
    [InlineData("example.com:5000", "https://example.com/", false)]
    [InlineData("10.1.0.0/16", "https://10.1.2.3/", true)]
    [InlineData("10.1.0.0/16", "https://10.2.2.3/", false)]
    [InlineData("10.1.2.3", "https://10.1.2.3:5000/", true)]
    [InlineData("10.1.2.3:80", "https://10.1.2.3:5000/", false)]
    [InlineData("fd00::1", "https://[fd00::1]/", true)]
    [InlineData("[fd00::1]:5000", "https://[fd00::1]:5000/", true)]
    [InlineData("[fd00::1]:5000", "https://[fd00::1]/", false)]
    [InlineData("2.3", "https://10.1.2.3/", false)]
    [InlineData(":,[,]:", "https://a.example/", false)]
    public void What_goes_without_a_proxy(string rules, string destination, bool direct) =>
        Assert.Equal(direct, new NoProxyRules(rules).Contains(new Uri(destination)));

    [Fact]
    public void Each_scheme_has_its_proxy_and_none_shows_a_password()
    {
        var proxy = RegistryProxy.From(Options with
        {
            HttpProxy = "plain.example:3128",
            HttpsProxy = "http://porter:open%20sesame@tls.example:3129",
            NoProxy = "direct.example",
        });
        Assert.Equal("http://plain.example:3128/", proxy.GetProxy(new Uri("http://a.example/"))!.AbsoluteUri);
        Uri tls = proxy.GetProxy(new Uri("https://a.example/"))!;
        Assert.Equal("http://tls.example:3129/", tls.AbsoluteUri);
        Assert.Equal("open sesame", proxy.GetCredential(tls, "Basic")!.Password);
        Assert.Null(proxy.GetCredential(new Uri("http://plain.example:3128"), "Basic"));
        Assert.True(proxy.IsBypassed(new Uri("https://direct.example/")));
    }

    [Theory]
    [InlineData("ftp://porter:sesame@proxy")]
    [InlineData("http://porter:sesame@")]
    public void A_proxy_that_is_none_is_refused_without_showing_its_password(string address)
    {
        var fault = Assert.Throws<EngineException>(() => Client(Options with { HttpProxy = address }));
        Assert.Equal(EngineErrorReason.InvalidConfiguration, fault.Reason);
        Assert.DoesNotContain("sesame", fault.ToString(), StringComparison.Ordinal);
    }
}
