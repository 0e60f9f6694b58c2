using System.Text;
using Engine.Oci.Layers;

namespace Engine.Oci.Tests.Layers;

public sealed class WhiteOutTests
{
    [Theory]
    [InlineData("a/b", WhiteOutKind.None, "")]
    [InlineData("", WhiteOutKind.None, "")]
    [InlineData(".whatever", WhiteOutKind.None, "")]
    [InlineData("a.wh.b", WhiteOutKind.None, "")]
    [InlineData(".wh.a", WhiteOutKind.Removed, "a")]
    [InlineData("d/.wh.a", WhiteOutKind.Removed, "d/a")]
    [InlineData("d/.wh..a", WhiteOutKind.Removed, "d/.a")]
    [InlineData("d/.wh....", WhiteOutKind.Removed, "d/...")]
    [InlineData(".wh..wh..opq", WhiteOutKind.Opaque, "")]
    [InlineData("a/b/.wh..wh..opq", WhiteOutKind.Opaque, "a/b")]
    [InlineData(".wh..wh.plnk", WhiteOutKind.Ignored, "")]
    [InlineData(".wh..wh.plnk/123.456", WhiteOutKind.Ignored, "")]
    [InlineData("d/.wh..wh.orph", WhiteOutKind.Ignored, "")]
    [InlineData("d/.wh..wh..opqx", WhiteOutKind.Ignored, "")]
    public void A_name_tells_what_is_gone(string name, WhiteOutKind kind, string target)
    {
        WhiteOut whiteOut = WhiteOut.Classify(Encoding.UTF8.GetBytes(name));
        Assert.Equal((kind, target), (whiteOut.Kind, Encoding.UTF8.GetString(whiteOut.Target.Span)));
    }

    [Theory]
    [InlineData(".wh.")]
    [InlineData("d/.wh.")]
    [InlineData("d/.wh..")]
    [InlineData("d/.wh...")]
    public void A_white_out_of_the_directory_itself_or_its_parent_is_refused(string name) =>
        Assert.Equal(
            EngineErrorReason.InvalidArchive,
            Assert.Throws<EngineException>(() => WhiteOut.Classify(Encoding.UTF8.GetBytes(name))).Reason);
}
