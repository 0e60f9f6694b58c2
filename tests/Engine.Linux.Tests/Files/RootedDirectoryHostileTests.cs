using System.Text;
using Engine.Linux.Files;
using Engine.Linux.Tests.Fixtures;

namespace Engine.Linux.Tests.Files;

public sealed class RootedDirectoryHostileTests : IDisposable
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private readonly TemporaryDirectory _directory = new();
    private readonly string _outside;
    private readonly string _inside;

    public RootedDirectoryHostileTests()
    {
        _outside = _directory.Sub("outside");
        _inside = _directory.Sub("inside");
        File.WriteAllText(Path.Combine(_outside, "secret"), "secret");
    }

    public void Dispose() => _directory.Dispose();

    public static TheoryData<string> Escapes => ["/", "..", "../..", "../outside", "sub/../../outside", "/../../outside", "loop/x", "/proc/self/root"];

    [Theory]
    [MemberData(nameof(Escapes))]
    public void A_link_in_the_middle_of_a_path_leads_nowhere_outside(string target)
    {
        string absolute = target == "../outside" ? _outside : target;
        foreach (LinkResolution resolution in Enum.GetValues<LinkResolution>())
        {
            foreach (string link in new[] { target, absolute })
            {
                using RootedDirectory root = RootedDirectory.Open(_inside, resolution);
                root.Clear(Token);
                root.CreateDirectory("sub"u8);
                root.CreateSymbolicLink("loop"u8, "loop"u8);
                root.CreateSymbolicLink("link"u8, Encoding.UTF8.GetBytes(link));

                Ignore(() => root.CreateFile("link/created"u8).Dispose());
                Ignore(() => root.CreateDirectory("link/directory"u8));
                Ignore(() => root.EnsureDirectory("link/deep/directory"u8));
                Ignore(() => root.CreateSymbolicLink("link/symbolic"u8, "x"u8));
                Ignore(() => root.CreateHardLink("hard"u8, "link/secret"u8));
                Ignore(() => root.CreateNode("link/node"u8, FileKind.Fifo, 0x180));
                Ignore(() => root.SetOwner("link/secret"u8, 1, 1));
                Ignore(() => root.SetMode("link/secret"u8, 0));
                Ignore(() => root.SetAttribute("link/secret"u8, "trusted.x"u8, [1]));
                Ignore(() => root.SetTimes("link/secret"u8, default, default));
                Ignore(() => root.Rename("sub"u8, "link/sub"u8));
                Ignore(() => root.RemoveFile("link/secret"u8));
                Ignore(() => root.RemoveTree("link/outside"u8, Token));
                Ignore(() => root.RemoveTree("link"u8, Token));

                AssertUntouched($"{resolution}, a link to '{link}'");
            }
        }
    }

    [Fact]
    public void An_absolute_link_means_the_root_as_in_a_chroot()
    {
        using RootedDirectory root = RootedDirectory.Open(_inside);
        root.EnsureDirectory("run/lock"u8);
        root.EnsureDirectory("var"u8);
        root.CreateSymbolicLink("var/run"u8, "/run"u8);

        root.CreateFile("var/run/lock/file"u8).Dispose();

        Assert.Equal(FileKind.Regular, root.GetStatus("run/lock/file"u8).Kind);
    }

    [Fact]
    public void A_strict_root_says_so_when_a_link_would_leave_it()
    {
        using RootedDirectory beneath = RootedDirectory.Open(_inside, LinkResolution.Beneath);
        beneath.CreateSymbolicLink("out"u8, "../outside"u8);
        beneath.CreateDirectory("sub"u8);
        beneath.CreateSymbolicLink("in"u8, "sub"u8);
        beneath.CreateFile("in/file"u8).Dispose();
        using RootedDirectory none = RootedDirectory.Open(_inside, LinkResolution.None);

        Assert.True(Assert.Throws<LinuxException>(() => beneath.CreateFile("out/file"u8)).EscapesRoot);
        Assert.True(Assert.Throws<LinuxException>(() => none.CreateFile("in/file2"u8)).EscapesRoot);
    }

    [Fact]
    public async Task Swapping_a_directory_for_a_link_meanwhile_leads_nowhere_outside()
    {
        using RootedDirectory mine = RootedDirectory.Open(_inside);
        mine.EnsureDirectory("a/b"u8);
        using CancellationTokenSource stop = new();
        Task swapper = Task.Run(
            () =>
            {
                using RootedDirectory root = mine.Duplicate();
                while (!stop.IsCancellationRequested)
                {
                    root.Rename("a/b"u8, "a/kept"u8);
                    root.CreateSymbolicLink("a/b"u8, Encoding.UTF8.GetBytes(_outside));
                    root.RemoveFile("a/b"u8);
                    root.Rename("a/kept"u8, "a/b"u8);
                }
            },
            Token);

        int made = 0;
        for (int i = 0; i < 5_000; i++)
        {
            // A root of its own each time, so that the directory is resolved anew.
            using RootedDirectory root = mine.Duplicate();
            byte[] name = Encoding.ASCII.GetBytes($"a/b/file{i}");
            Ignore(() =>
            {
                root.CreateFile(name).Dispose();
                made++;
            });
            Ignore(() => root.RemoveTree("a/b/secret"u8, Token));
        }

        await stop.CancelAsync();
        await swapper;
        AssertUntouched("racing with a swap");
        Assert.True(made > 0, "No file could be made at all, so nothing was tried.");
    }

    private void AssertUntouched(string when)
    {
        FileInfo secret = new(Path.Combine(_outside, "secret"));
        Assert.True(secret.Exists && File.ReadAllText(secret.FullName) == "secret", $"The file outside was changed: {when}.");
        Assert.True(Directory.GetFileSystemEntries(_outside).Length == 1, $"Something was made outside: {when}.");
        FileStatus status = FileStatus.Read(secret.FullName)!.Value;
        Assert.True(status is { UserId: 0, LinkCount: 1 } && status.Mode != 0 && status.ModificationTime.Seconds != 0, $"The metadata outside was changed: {when}.");
        Assert.False(File.Exists("/created") || Directory.Exists("/directory") || Directory.Exists("/deep"), $"Something was made in /: {when}.");
    }

    private static void Ignore(Action action)
    {
        try
        {
            action();
        }
        catch (Exception exception) when (exception is LinuxException or EngineException)
        {
        }
    }
}
