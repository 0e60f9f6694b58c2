using Engine.Linux.Mounts;
using Engine.Linux.Tests.Fixtures;

namespace Engine.Linux.Tests.Mounts;

public sealed class BindMountTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_read_only_bind_shows_the_source_and_refuses_writing()
    {
        string source = _directory.Sub("source");
        string target = _directory.Sub("target");
        File.WriteAllText(Path.Combine(source, "file"), "seen");

        BindMount.Attach(source, target, MountAttributes.ReadOnly | MountAttributes.NoDevices);

        Assert.Equal("seen", File.ReadAllText(Path.Combine(target, "file")));
        Assert.ThrowsAny<IOException>(() => File.WriteAllText(Path.Combine(target, "new"), ""));
        File.WriteAllText(Path.Combine(source, "new"), "");
    }

    [Fact]
    public void A_recursive_bind_restricts_the_mounts_below_too()
    {
        string source = _directory.Sub("source");
        string target = _directory.Sub("target");
        TmpfsMount.Attach(_directory.Sub("source/below"));

        BindMount.Attach(source, target, MountAttributes.ReadOnly, recursive: true);

        Assert.True(MountPoint.IsMounted(Path.Combine(target, "below")));
        Assert.ThrowsAny<IOException>(() => File.WriteAllText(Path.Combine(target, "below/new"), ""));
    }

    [Fact]
    public void A_file_can_be_bound_over_a_file()
    {
        File.WriteAllText(_directory.File("a"), "a");
        File.WriteAllText(_directory.File("b"), "b");

        BindMount.Attach(_directory.File("a"), _directory.File("b"));

        Assert.Equal("a", File.ReadAllText(_directory.File("b")));
    }

    [Fact]
    public void A_missing_source_is_told() =>
        Assert.True(Assert.Throws<LinuxException>(() => BindMount.Attach(_directory.File("nothing"), _directory.Sub("t"))).IsNotFound);

    [Fact]
    public void Everything_below_a_place_is_unmounted_however_often_it_is_covered()
    {
        string place = _directory.Sub("place");
        TmpfsMount.Attach(place);
        TmpfsMount.Attach(_directory.Sub("place/inner"));
        TmpfsMount.Attach(place);

        Assert.Equal(3, MountTable.Read().Under(place).Count);
        MountPoint.UnmountTree(place);

        Assert.Empty(MountTable.Read().Under(place));
    }
}
