using Engine.Linux.Files;
using Engine.Linux.Tests.Fixtures;

namespace Engine.Linux.Tests.Files;

public sealed class AtomicFileTests
{
    [Fact]
    public void The_new_content_takes_the_place_of_the_old_with_its_mode()
    {
        using TemporaryDirectory directory = new();
        string path = directory.File("state");
        AtomicFile.Write(path, "first"u8, mode: 0x1A4);
        AtomicFile.Write(path, "second"u8);

        Assert.Equal("second", File.ReadAllText(path));
        Assert.Equal(0x180u, FileStatus.Read(path)!.Value.Mode);
        Assert.Single(Directory.GetFileSystemEntries(directory.Path));
    }

    [Fact]
    public void A_failed_write_leaves_the_old_content_and_no_litter()
    {
        using TemporaryDirectory directory = new();
        string small = directory.Sub("small");
        Linux.Mounts.TmpfsMount.Attach(small, size: 64 * 1024);
        string path = Path.Combine(small, "state");
        AtomicFile.Write(path, "old"u8);

        Assert.Equal(EngineErrorReason.DiskFull, Assert.Throws<EngineException>(() => AtomicFile.Write(path, new byte[1 << 20])).Reason);

        Assert.Equal("old", File.ReadAllText(path));
        Assert.Single(Directory.GetFileSystemEntries(small));
    }

    [Fact]
    public async Task A_reader_never_sees_a_part()
    {
        using TemporaryDirectory directory = new();
        string path = directory.File("state");
        byte[] zeros = new byte[100_000];
        byte[] ones = Enumerable.Repeat((byte)1, 100_000).ToArray();
        AtomicFile.Write(path, zeros, durable: false);
        Task writer = Task.Run(
            () =>
            {
                for (int i = 0; i < 500; i++)
                {
                    AtomicFile.Write(path, i % 2 == 0 ? ones : zeros, durable: false);
                }
            },
            TestContext.Current.CancellationToken);

        while (!writer.IsCompleted)
        {
            byte[] seen = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
            Assert.True(seen.Length == zeros.Length && seen.Distinct().Count() == 1, "A mixture was read.");
        }

        await writer;
    }
}
