using System.Text;
using CsCheck;
using Engine.Oci.Layers;

namespace Engine.Oci.Tests.Layers;

public sealed class LayerPathTests
{
    [Theory]
    [InlineData("a", "a")]
    [InlineData("./a/b/", "a/b")]
    [InlineData("/etc/passwd", "etc/passwd")]
    [InlineData("//a//./b", "a/b")]
    [InlineData("a/../b", "b")]
    [InlineData("a/b/../../c", "c")]
    [InlineData("a/..", "")]
    [InlineData("", "")]
    [InlineData(".", "")]
    [InlineData("./", "")]
    [InlineData("/", "")]
    [InlineData("...", "...")]
    [InlineData("a/..b", "a/..b")]
    public void A_name_is_cleaned(string name, string clean) => Assert.Equal(clean, Clean(name));

    [Theory]
    [InlineData("..")]
    [InlineData("../a")]
    [InlineData("/..")]
    [InlineData("a/../..")]
    [InlineData("a/../../b")]
    [InlineData("./../x")]
    public void A_name_that_leaves_the_root_is_refused(string name) =>
        Assert.Equal(EngineErrorReason.ArchiveEscapesRoot, Assert.Throws<EngineException>(() => Clean(name)).Reason);

    [Fact]
    public void A_clean_name_has_no_dots_and_stays_as_it_is() => Gen.Char["a./b"].Array[0, 12].Select(chars => new string(chars)).Sample(name =>
    {
        string clean;
        try
        {
            clean = Clean(name);
        }
        catch (EngineException)
        {
            return name.Contains("..", StringComparison.Ordinal);
        }

        return Clean(clean) == clean && clean.Split('/').All(part => part is not ("." or "..")) && !clean.StartsWith('/') && !clean.EndsWith('/');
    });

    private static string Clean(string name) => Encoding.UTF8.GetString(LayerPath.Clean(Encoding.UTF8.GetBytes(name)).Span);
}
