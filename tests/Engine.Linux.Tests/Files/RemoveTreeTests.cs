using System.Text;
using Engine.Linux.Files;
using Engine.Linux.Mounts;
using Engine.Linux.Tests.Fixtures;

namespace Engine.Linux.Tests.Files;

public sealed class RemoveTreeTests : IDisposable
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private readonly TemporaryDirectory _directory = new();
    private readonly RootedDirectory _root;

    public RemoveTreeTests() => _root = RootedDirectory.Open(_directory.Path);

    public void Dispose()
    {
        _root.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void Links_are_removed_and_what_they_point_to_stays()
    {
        _root.EnsureDirectory("keep/below"u8);
        _root.CreateFile("keep/file"u8).Dispose();
        _root.EnsureDirectory("tree/a/b"u8);
        _root.CreateSymbolicLink("tree/a/b/link"u8, "/keep"u8);
        _root.CreateSymbolicLink("tree/a/absolute"u8, Encoding.UTF8.GetBytes(_directory.Path + "/keep"));
        _root.CreateNode("tree/a/pipe"u8, FileKind.Fifo, 0);

        Assert.True(_root.RemoveTree("tree"u8, Token));

        Assert.False(_root.RemoveTree("tree"u8, Token));
        Assert.Equal(["below", "file"], _root.List("keep"u8).Select(entry => entry.Name).Order());
    }

    [Fact]
    public void A_tree_deeper_than_any_path_can_name_is_removed()
    {
        const int Depth = 3_000;
        RootedDirectory at = _root.Duplicate();
        at.CreateDirectory("top"u8);
        for (int i = 0; i < Depth; i++)
        {
            RootedDirectory below = at.OpenDirectory(i == 0 ? "top"u8 : "d"u8);
            at.Dispose();
            at = below;
            at.CreateDirectory("d"u8);
            at.CreateFile("f"u8).Dispose();
        }

        at.Dispose();
        Assert.True(_root.RemoveTree("top"u8, Token));
        Assert.Empty(_root.List(""u8));
    }

    [Fact]
    public void A_wide_directory_is_removed_and_listed_whole()
    {
        _root.CreateDirectory("wide"u8);
        for (int i = 0; i < 5_000; i++)
        {
            _root.CreateDirectory(Encoding.ASCII.GetBytes($"wide/{i}"));
        }

        Assert.Equal(5_000, _root.List("wide"u8).Select(entry => entry.Name).Distinct().Count());
        Assert.True(_root.RemoveTree("wide"u8, Token));
        Assert.False(_root.TryGetStatus("wide"u8, out _));
    }

    [Fact]
    public void What_is_mounted_in_a_tree_is_not_emptied()
    {
        string mounted = _directory.Sub("tree/a/mounted");
        TmpfsMount.Attach(mounted);
        File.WriteAllText(Path.Combine(mounted, "precious"), "");

        Exception failure = Assert.ThrowsAny<Exception>(() => _root.RemoveTree("tree"u8, Token));

        Assert.True(failure is LinuxException { IsBusy: true }, failure.ToString());
        Assert.True(File.Exists(Path.Combine(mounted, "precious")));
    }

    [Fact]
    public void Cancelling_stops_and_the_rest_can_be_removed_later()
    {
        _root.EnsureDirectory("tree/a"u8);
        using CancellationTokenSource cancelled = new();
        cancelled.Cancel();

        Assert.Throws<OperationCanceledException>(() => _root.RemoveTree("tree"u8, cancelled.Token));
        Assert.True(_root.RemoveTree("tree"u8, Token));
    }
}
