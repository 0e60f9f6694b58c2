using System.Text;
using Engine.Linux.Files;
using Engine.Linux.Tests.Fixtures;
using Microsoft.Win32.SafeHandles;

namespace Engine.Linux.Tests.Files;

public sealed class RootedDirectoryTests : IDisposable
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private readonly TemporaryDirectory _directory = new();
    private readonly RootedDirectory _root;

    public RootedDirectoryTests() => _root = RootedDirectory.Open(_directory.Path);

    public void Dispose()
    {
        _root.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void What_an_archive_says_of_a_file_survives()
    {
        _root.EnsureDirectory("usr/bin"u8);
        FileTime time = new(1_700_000_000, 123_456_789);
        byte[] capability = [1, 0, 0, 2, 0, 0x20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        using (SafeFileHandle file = _root.CreateFile("./usr/bin/tool"u8))
        {
            file.WriteAt("head"u8, 0);
            file.WriteAt("tail"u8, 1 << 20);
            file.SetLength(4 << 20);
            file.SetOwner(1234, 5678);
            file.SetMode(0xDED /* 06755 */);
            file.SetAttribute("security.capability"u8, capability);
            file.SetTimes(time, time);
        }

        FileStatus status = _root.GetStatus("/usr/bin/tool"u8);
        Assert.Equal((FileKind.Regular, 0xDEDu, 1234u, 5678u, 4L << 20), (status.Kind, status.Mode, status.UserId, status.GroupId, status.Size));
        Assert.Equal(time, status.ModificationTime);
        Assert.True(status.AllocatedSize < 64 * 1024, $"The holes take space: {status.AllocatedSize} bytes.");
        Assert.Equal(capability, _root.GetAttribute("usr/bin/tool"u8, "security.capability"u8));
        Assert.Contains("security.capability", _root.ListAttributes("usr/bin/tool"u8));
    }

    [Fact]
    public void A_name_is_bytes_and_survives_even_when_it_is_no_text()
    {
        byte[] name = [.. Enumerable.Range(1, 255).Select(b => (byte)b).Where(b => b != '/')];
        _root.CreateFile(name).Dispose();

        DirectoryEntry entry = Assert.Single(_root.List(""u8));
        Assert.Equal(name, entry.NameBytes);
        Assert.Equal(FileKind.Regular, entry.Kind);
        Assert.True(_root.RemoveFile(name));
    }

    [Fact]
    public void A_name_that_is_taken_is_never_opened()
    {
        _root.CreateSymbolicLink("link"u8, "/etc/passwd"u8);

        LinuxException failure = Assert.Throws<LinuxException>(() => _root.CreateFile("link"u8));

        Assert.True(failure.AlreadyExists, failure.Message);
        Assert.False(_root.TryCreateDirectory("link"u8));
        Assert.Equal("/etc/passwd"u8.ToArray(), _root.ReadLink("link"u8));
    }

    [Fact]
    public void Owner_mode_times_and_attributes_change_the_link_and_not_its_target()
    {
        _root.CreateFile("target"u8).Dispose();
        FileStatus before = _root.GetStatus("target"u8);
        _root.CreateSymbolicLink("link"u8, "target"u8);

        _root.SetOwner("link"u8, 42, 43);
        _root.SetTimes("link"u8, new FileTime(1, 2), new FileTime(3, 4));
        _root.SetAttribute("link"u8, "trusted.test"u8, [0, 255, 10]);
        Assert.Throws<LinuxException>(() => _root.SetMode("link"u8, 0x1FF));

        FileStatus link = _root.GetStatus("link"u8);
        Assert.Equal((42u, 43u, new FileTime(3, 4)), (link.UserId, link.GroupId, link.ModificationTime));
        Assert.Equal([0, 255, 10], _root.GetAttribute("link"u8, "trusted.test"u8));
        Assert.Equal(before, _root.GetStatus("target"u8));
        Assert.Empty(_root.ListAttributes("target"u8));
        _root.RemoveAttribute("link"u8, "trusted.test"u8);
        Assert.Null(_root.GetAttribute("link"u8, "trusted.test"u8));
    }

    [Fact]
    public void Nodes_and_hard_links_are_what_they_were()
    {
        _root.CreateNode("null"u8, FileKind.CharacterDevice, 0x1B6, new DeviceNumber(1, 3));
        _root.CreateNode("disk"u8, FileKind.BlockDevice, 0x1B0, new DeviceNumber(259, 70_000));
        _root.CreateNode("pipe"u8, FileKind.Fifo, 0x180);
        _root.CreateWhiteout("gone"u8);
        _root.CreateSymbolicLink("link"u8, "null"u8);
        _root.CreateHardLink("second"u8, "link"u8);

        Assert.Equal(new DeviceNumber(1, 3), _root.GetStatus("null"u8).RepresentedDevice);
        Assert.Equal(new DeviceNumber(259, 70_000), _root.GetStatus("disk"u8).RepresentedDevice);
        Assert.Equal(FileKind.Fifo, _root.GetStatus("pipe"u8).Kind);
        Assert.True(_root.GetStatus("gone"u8).IsWhiteout);
        Assert.False(_root.GetStatus("null"u8).IsWhiteout);
        Assert.Equal((FileKind.SymbolicLink, 2u), (_root.GetStatus("second"u8).Kind, _root.GetStatus("second"u8).LinkCount));
    }

    [Fact]
    public void Links_between_many_directories_are_each_made_in_their_own()
    {
        for (int i = 0; i < 9; i++)
        {
            _root.CreateDirectory(Encoding.ASCII.GetBytes($"d{i}"));
            _root.CreateFile(Encoding.ASCII.GetBytes($"d{i}/file")).Dispose();
        }

        for (int from = 0; from < 9; from++)
        {
            for (int to = 0; to < 9; to++)
            {
                _root.CreateHardLink(Encoding.ASCII.GetBytes($"d{to}/of{from}"), Encoding.ASCII.GetBytes($"d{from}/file"));
            }
        }

        for (int from = 0; from < 9; from++)
        {
            ulong inode = _root.GetStatus(Encoding.ASCII.GetBytes($"d{from}/file")).Inode;
            for (int to = 0; to < 9; to++)
            {
                Assert.Equal(inode, _root.GetStatus(Encoding.ASCII.GetBytes($"d{to}/of{from}")).Inode);
            }
        }
    }

    [Fact]
    public void Files_are_made_fast_enough_for_unpacking()
    {
        const int Count = 10_000;
        string memory = _directory.Sub("memory");
        Linux.Mounts.TmpfsMount.Attach(memory);
        using RootedDirectory root = RootedDirectory.Open(memory);
        byte[] content = new byte[4096];
        long start = System.Diagnostics.Stopwatch.GetTimestamp();
        for (int i = 0; i < Count; i++)
        {
            if (i % 20 == 0)
            {
                root.EnsureDirectory(Encoding.ASCII.GetBytes($"usr/lib/package{i / 20}"));
            }

            using SafeFileHandle file = root.CreateFile(Encoding.ASCII.GetBytes($"usr/lib/package{i / 20}/file{i}"));
            file.WriteAt(content, 0);
            file.SetOwner(0, 0);
            file.SetMode(0x1A4);
            file.SetTimes(new FileTime(1, 1), new FileTime(1, 1));
        }

        double rate = Count / System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalSeconds;
        TestContext.Current.TestOutputHelper?.WriteLine($"{rate:0} files/s");

        // Far below what a quiet machine makes: it catches a path that is resolved anew for every call, not a busy machine.
        Assert.True(rate > 2_000, $"Only {rate:0} files were made in a second.");
    }

    [Fact]
    public void Reading_a_file_stops_at_the_limit_and_opens_nothing_but_files()
    {
        _root.EnsureDirectory("etc"u8);
        using (SafeFileHandle file = _root.CreateFile("etc/passwd"u8))
        {
            file.WriteAt(Encoding.ASCII.GetBytes(new string('x', 10_000)), 0);
        }

        _root.CreateNode("etc/fifo"u8, FileKind.Fifo, 0x1B6);

        Assert.Equal(10_000, _root.ReadFile("etc/passwd"u8, 10_000)?.Length);
        Assert.Equal(EngineErrorReason.InputTooLarge, Assert.Throws<EngineException>(() => _root.ReadFile("etc/passwd"u8, 9_999)).Reason);
        Assert.Null(_root.ReadFile("etc/nothing"u8, 10));
        Assert.Null(_root.ReadFile("etc/passwd/nothing"u8, 10));
        Assert.Throws<LinuxException>(() => _root.ReadFile("etc/fifo"u8, 10));
        Assert.Throws<LinuxException>(() => _root.ReadFile("etc"u8, 10));
    }

    [Fact]
    public void A_path_that_names_nothing_below_the_root_is_refused()
    {
        foreach (byte[] path in new[] { ""u8.ToArray(), "/"u8.ToArray(), "."u8.ToArray(), ".."u8.ToArray(), "a/.."u8.ToArray(), "a\0b"u8.ToArray(), new byte[100_000_000] })
        {
            Assert.Throws<LinuxException>(() => _root.CreateFile(path));
            Assert.Throws<LinuxException>(() => _root.CreateDirectory(path));
        }

        Assert.Throws<LinuxException>(() => _root.CreateFile(Encoding.ASCII.GetBytes(new string('n', 256))));
        Assert.Throws<LinuxException>(() => _root.CreateFile(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("d/", 5000)) + "f")));
        Assert.Empty(_root.List(""u8));
    }

    [Fact]
    public void A_directory_that_was_removed_and_made_again_is_found_again()
    {
        _root.EnsureDirectory("a/b/c"u8);
        _root.CreateFile("a/b/c/one"u8).Dispose();
        _root.RemoveTree("a"u8, Token);
        _root.EnsureDirectory("a/b/c"u8);
        _root.CreateFile("a/b/c/two"u8).Dispose();
        _root.Rename("a/b"u8, "a/x"u8);
        _root.EnsureDirectory("a/b/c"u8);
        _root.CreateFile("a/b/c/three"u8).Dispose();

        Assert.Equal(["two"], _root.List("a/x/c"u8).Select(entry => entry.Name));
        Assert.Equal(["three"], _root.List("a/b/c"u8).Select(entry => entry.Name));
    }

    [Fact]
    public void A_full_disk_is_told_as_such()
    {
        string small = _directory.Sub("small");
        Linux.Mounts.TmpfsMount.Attach(small, size: 64 * 1024);
        using RootedDirectory root = RootedDirectory.Open(small);
        using SafeFileHandle file = root.CreateFile("f"u8);

        EngineException failure = Assert.Throws<EngineException>(() => file.WriteAt(new byte[1 << 20], 0));

        Assert.Equal((EngineErrorCode.LimitExceeded, EngineErrorReason.DiskFull), (failure.Code, failure.Reason));
        Assert.EndsWith("small/f", failure.Target, StringComparison.Ordinal);
    }
}
