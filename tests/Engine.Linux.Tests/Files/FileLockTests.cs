using Engine.Linux.Files;
using Engine.Linux.Processes;
using Engine.Linux.Tests.Fixtures;

namespace Engine.Linux.Tests.Files;

public sealed class FileLockTests
{
    [Fact]
    public void Only_one_holds_the_lock()
    {
        using TemporaryDirectory directory = new();
        string path = directory.File("lock");
        using (FileLock? first = FileLock.TryAcquire(path))
        {
            Assert.NotNull(first);
            first.Describe("held by a test");
            Assert.Null(FileLock.TryAcquire(path));
            using RootedDirectory root = RootedDirectory.Open(directory.Path);
            Assert.Equal("held by a test"u8.ToArray(), root.ReadFile("lock"u8, 100));
        }

        using FileLock? second = FileLock.TryAcquire(path);
        Assert.NotNull(second);
    }

    [Fact]
    public async Task A_child_that_outlives_the_holder_does_not_hold_on()
    {
        using TemporaryDirectory directory = new();
        string path = directory.File("lock");
        using FileLock? first = FileLock.TryAcquire(path);
        using ChildProcess child = ChildProcess.Start(new ChildProcessOptions { FileName = "/bin/sleep", Arguments = ["60"] });
        first!.Dispose();

        using FileLock? second = FileLock.TryAcquire(path);

        Assert.NotNull(second);
        child.Send(Signal.Kill);
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);
    }
}
