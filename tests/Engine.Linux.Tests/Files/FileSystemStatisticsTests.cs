using Engine.Linux.Files;
using Engine.Linux.Mounts;
using Engine.Linux.Tests.Fixtures;

namespace Engine.Linux.Tests.Files;

public sealed class FileSystemStatisticsTests
{
    [Fact]
    public void A_small_memory_file_system_tells_its_size_and_limits()
    {
        using TemporaryDirectory directory = new();
        string target = directory.Sub("t");
        TmpfsMount.Attach(target, size: 1 << 20, maxFiles: 100, attributes: MountAttributes.ReadOnly);

        FileSystemStatistics statistics = FileSystemStatistics.Of(target);

        Assert.Equal((FileSystemType.Tmpfs, 1L << 20, 100L, true), (statistics.Type, statistics.TotalBytes, statistics.TotalFiles, statistics.IsReadOnly));
        Assert.True(FileSystemStatistics.Of("/proc") is { Type: FileSystemType.Proc });
        Assert.True(Assert.Throws<LinuxException>(() => FileSystemStatistics.Of(directory.File("nothing"))).IsNotFound);
    }
}
