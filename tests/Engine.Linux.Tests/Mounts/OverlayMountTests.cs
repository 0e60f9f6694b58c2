using Engine.Linux.Files;
using Engine.Linux.Mounts;
using Engine.Linux.Tests.Fixtures;

namespace Engine.Linux.Tests.Mounts;

public sealed class OverlayMountTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Four_hundred_layers_mount_and_the_topmost_wins()
    {
        OverlayOptions options = Layers(400, "layer-with-a-name-of-a-usual-length-as-a-chain-id-has-0123456789abcdef-");

        OverlayMount.Attach(options);

        Assert.True(MountPoint.IsMounted(options.Target));
        Assert.Equal("0", File.ReadAllText(Path.Combine(options.Target, "same")));
        Assert.Equal(401, Directory.GetFiles(options.Target).Length);
        File.WriteAllText(Path.Combine(options.Target, "new"), "");
        Assert.True(File.Exists(Path.Combine(options.Upper!, "new")));
        Assert.True(MountPoint.Unmount(options.Target));
        Assert.False(MountPoint.IsMounted(options.Target));
        Assert.False(MountPoint.Unmount(options.Target));
    }

    [Theory]
    [InlineData("a:b")]
    [InlineData("a,b")]
    [InlineData("a\\b")]
    [InlineData("a b")]
    [InlineData("ä\u00a0\n")]
    public void Paths_with_characters_that_mean_something_to_overlayfs_work(string name)
    {
        OverlayOptions options = Layers(3, name);

        OverlayMount.Attach(options);

        Assert.Equal(4, Directory.GetFiles(options.Target).Length);
        Assert.Equal(options.Target, MountTable.Read().At(options.Target)?.MountPoint);
    }

    [Fact]
    public void Paths_longer_than_the_call_takes_work()
    {
        OverlayOptions options = Layers(3, string.Join('/', Enumerable.Repeat(new string('n', 200), 5)));

        OverlayMount.Attach(options);

        Assert.Equal(4, Directory.GetFiles(options.Target).Length);
    }

    [Fact]
    public void A_changed_directory_is_a_whole_difference()
    {
        OverlayOptions options = Layers(2, "l");
        Directory.CreateDirectory(Path.Combine(options.Lower[1], "directory"));
        OverlayMount.Attach(options);
        using RootedDirectory merged = RootedDirectory.Open(options.Target);

        merged.SetOwner("file1"u8, 7, 7);
        merged.RemoveFile("file0"u8);

        // rename(2) of a directory of a lower layer must fail with EXDEV: programs then copy, which is a whole difference.
        LinuxException failure = Assert.Throws<LinuxException>(() => merged.Rename("directory"u8, "moved"u8));

        using RootedDirectory upper = RootedDirectory.Open(options.Upper!);
        Assert.Equal("1", System.Text.Encoding.ASCII.GetString(upper.ReadFile("file1"u8, 10)!));
        Assert.True(upper.GetStatus("file0"u8).IsWhiteout);
        Assert.Equal(18, failure.Errno);
        Assert.Null(upper.GetAttribute("file1"u8, "trusted.overlay.metacopy"u8));
    }

    [Fact]
    public void A_read_only_mount_needs_no_upper_directory()
    {
        OverlayOptions options = Layers(2, "l") with { Upper = null, Work = null };

        OverlayMount.Attach(options);

        Assert.ThrowsAny<IOException>(() => File.WriteAllText(Path.Combine(options.Target, "new"), ""));
    }

    [Theory]
    [InlineData(3, "short")]
    [InlineData(3, "a:b,c\\d")]
    [InlineData(150, "so-long-that-a-hundred-and-fifty-of-them-do-not-fit-into-one-page")]
    public void A_kernel_that_takes_the_layers_in_one_string_only_is_served_too(int count, string name)
    {
        OverlayOptions options = Layers(count, name);
        using PathPins pins = new();

        OverlayMount.AttachWhole(options, pins);

        Assert.Equal(count + 1, Directory.GetFiles(options.Target).Length);
        Assert.Equal("0", File.ReadAllText(Path.Combine(options.Target, "same")));
        File.WriteAllText(Path.Combine(options.Target, "new"), "");
        Assert.True(File.Exists(Path.Combine(options.Upper!, "new")));
    }

    [Fact]
    public void A_missing_layer_is_named()
    {
        OverlayOptions options = Layers(2, "l");
        options = options with { Lower = [options.Lower[0], _directory.File("nothing")] };

        LinuxException failure = Assert.Throws<LinuxException>(() => OverlayMount.Attach(options));

        Assert.True(failure.IsNotFound);
        Assert.Contains("nothing", failure.Message, StringComparison.Ordinal);
        Assert.False(MountPoint.IsMounted(options.Target));
    }

    [Fact]
    public void No_layer_and_too_many_are_refused()
    {
        OverlayOptions options = Layers(1, "l");
        Assert.Throws<ArgumentException>(() => OverlayMount.Attach(options with { Lower = [] }));
        Assert.Throws<ArgumentException>(() => OverlayMount.Attach(options with { Lower = [.. Enumerable.Repeat(options.Lower[0], 501)] }));
        Assert.Throws<ArgumentException>(() => OverlayMount.Attach(options with { Work = null }));
    }

    private OverlayOptions Layers(int count, string name)
    {
        string[] lower = [.. Enumerable.Range(0, count).Select(i => _directory.Sub($"{name}{i}"))];
        for (int i = 0; i < count; i++)
        {
            File.WriteAllText(Path.Combine(lower[i], $"file{i}"), $"{i}");
            File.WriteAllText(Path.Combine(lower[i], "same"), $"{i}");
        }

        return new OverlayOptions
        {
            Lower = lower,
            Upper = _directory.Sub(name + "upper"),
            Work = _directory.Sub(name + "work"),
            Target = _directory.Sub(name + "merged"),
        };
    }
}
