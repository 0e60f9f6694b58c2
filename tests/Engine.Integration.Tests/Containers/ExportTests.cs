using System.Diagnostics;
using System.Formats.Tar;
using Engine.Integration.Tests.Harness;

namespace Engine.Integration.Tests.Containers;

public sealed class ExportTests(EngineFixture fixture) : ContainerTest(fixture)
{
    private const string Changes =
        "echo new > /new; rm /etc/data; mkdir /d; echo 1 > /d/one; ln /d/one /d/two; ln -s one /d/soft; mknod /d/null c 1 3; "
        + "mkfifo /d/fifo; chown 7:8 /d/one; chmod 4755 /d/one; touch -d '2001-02-03 04:05:06' /d/one";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_container_s_files_come_out_whether_it_runs_or_not(bool running)
    {
        Container container = await StartReadyAsync(Script($"{Changes}; echo ready; {(running ? "sleep 1000" : "true")}"));
        if (!running)
        {
            await WaitAsync(container);
        }

        Dictionary<string, TarEntry> entries = await ExportAsync(container.Id);
        Assert.Contains("new", entries.Keys);
        Assert.DoesNotContain("etc/data", entries.Keys);
        Assert.Equal(
            [TarEntryType.SymbolicLink, TarEntryType.CharacterDevice, TarEntryType.Fifo],
            ((string[])["d/soft", "d/null", "d/fifo"]).Select(name => entries[name].EntryType));
        TarEntry[] links = [entries["d/one"], entries["d/two"]];
        Assert.Equal([TarEntryType.RegularFile, TarEntryType.HardLink], links.Select(e => e.EntryType).Order());
        TarEntry file = links.Single(e => e.EntryType == TarEntryType.RegularFile);
        Assert.Equal((7, 8, (UnixFileMode)0x9ED), (file.Uid, file.Gid, file.Mode));
        Assert.Equal(new DateTimeOffset(2001, 2, 3, 4, 5, 6, TimeSpan.Zero), file.ModificationTime);
        Assert.Equal(2, file.Length);

        // Nothing that is mounted: an empty file where the hosts are, and nothing below /proc and /dev.
        Assert.Equal(0, entries["etc/hosts"].Length);
        Assert.DoesNotContain(entries.Keys, name => name.StartsWith("proc/", StringComparison.Ordinal) && name != "proc/");
        Assert.DoesNotContain(entries.Keys, name => name.StartsWith("dev/", StringComparison.Ordinal) && name != "dev/");
    }

    [Fact]
    public async Task A_container_that_was_never_started_has_its_image_s_files()
    {
        Container container = await CreateAsync(Config("true"));
        Dictionary<string, TarEntry> entries = await ExportAsync(container.Id);
        Assert.Equal("busybox", entries["bin/sh"].LinkName);
        Assert.Equal((1000, 1000), (entries["home/alice/"].Uid, entries["home/alice/"].Gid));
        Assert.DoesNotContain("etc/hosts", entries.Keys);
    }

    [Fact]
    public async Task What_comes_out_goes_in_as_an_image_that_is_the_same_tree()
    {
        Container container = await StartReadyAsync(Script($"{Changes}; {ContainerTree.Describe}; echo ready; sleep 1000"));
        string seen = (await LogAsync(container)).Output.Replace("ready\n", "", StringComparison.Ordinal);
        using var archive = new MemoryStream();
        await CopyAsync(container.Id, archive);
        archive.Position = 0;
        string reference = $"image-{NewName()}:1";
        await ImageArchives.ImportOneAsync(Engine.Client, archive, new ImageImport { References = [reference] }, Cancel);
        RunResult run = await RunAsync(Script(ContainerTree.Describe) with { Image = reference });
        Assert.Equal(seen, run.Output);
        await Containers.RemoveAsync(run.Container.Id, force: true, Cancel);
        await Engine.Client.Images.RemoveAsync(reference, force: true, Cancel);
    }

    [Fact]
    public async Task Mounts_of_the_container_s_own_are_not_part_of_it()
    {
        Container container = await StartReadyAsync(Script("echo inside > /scratch/f; mkdir /here; mount -t tmpfs x /here; "
            + "echo hidden > /here/f; echo ready; sleep 1000") with
        {
            Privileged = true,
            Mounts =
            [
                new ContainerMount { Type = ContainerMountType.Tmpfs, Target = "/scratch" },
                new ContainerMount
                {
                    Type = ContainerMountType.Bind, Source = "/etc", Target = "/host",
                    Propagation = MountPropagation.Private,
                },
            ],
        });
        Dictionary<string, TarEntry> entries = await ExportAsync(container.Id);
        Assert.Superset(new HashSet<string> { "scratch/", "here/", "host/" }, entries.Keys.ToHashSet());
        Assert.DoesNotContain("scratch/f", entries.Keys);
        Assert.DoesNotContain("here/f", entries.Keys);
        Assert.DoesNotContain(entries.Keys, name => name.StartsWith("host/", StringComparison.Ordinal) && name != "host/");
    }

    [Fact]
    public async Task Links_that_lead_out_are_links_and_not_what_they_lead_to()
    {
        Container container = await StartReadyAsync(Script(
            "rm -rf /usr; ln -s / /usr; ln -s ../../../../../../etc/shadow /out; ln -s /proc/1/root /root2; echo ready; sleep 1000"));
        Dictionary<string, TarEntry> entries = await ExportAsync(container.Id);
        Assert.Equal(
            ["/", "../../../../../../etc/shadow", "/proc/1/root"],
            ((string[])["usr", "out", "root2"]).Select(name => entries[name].LinkName));
        Assert.DoesNotContain(entries.Keys, name => name.StartsWith("usr/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Files_that_come_and_go_meanwhile_do_not_spoil_the_archive()
    {
        Container container = await StartReadyAsync(Script(
            "mkdir /busy; echo ready; i=0; while :; do i=$(((i+1)%50)); "
            + "rm -rf /busy/$i; if [ $((i%3)) = 0 ]; then mkdir /busy/$i; echo x > /busy/$i/f; else echo $i > /busy/$i; fi; "
            + ": > /busy/short; dd if=/dev/zero of=/busy/short bs=1000 count=200 2>/dev/null; done"));
        for (int round = 0; round < 10; round++)
        {
            Assert.Contains("bin/busybox", (await ExportAsync(container.Id)).Keys);
        }
    }

    [Fact]
    public async Task A_reader_who_stalls_or_leaves_holds_up_nothing_and_leaves_nothing()
    {
        Container container = await StartReadyAsync(Script(
            "dd if=/dev/zero of=/big bs=1M count=512 2>/dev/null; echo ready; sleep 1000"));
        long before = ResidentBytes();
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        await using (IAsyncEnumerator<ReadOnlyMemory<byte>> stalled =
            Containers.ExportAsync(container.Id, ends.Token).GetAsyncEnumerator(ends.Token))
        {
            Assert.True(await stalled.MoveNextAsync());

            // The others go on, and the engine does not read ahead of who stands still.
            await ExportAsync((await CreateAsync(Config("true"))).Id);
            await Containers.PauseAsync(container.Id, Cancel);
            await Containers.ResumeAsync(container.Id, Cancel);
            long grown = ResidentBytes() - before;
            Assert.True(grown < 100 << 20, $"The engine has grown by {grown >> 20} MiB.");
            await ends.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            {
                while (await stalled.MoveNextAsync())
                {
                }
            });
        }

        await Containers.RemoveAsync(container.Id, force: true, Cancel);
        await EngineTruth.AssertAsync(Engine, Cancel);
    }

    [Fact]
    public async Task A_container_that_is_removed_meanwhile_is_no_whole_archive()
    {
        Container container = await StartReadyAsync(Script(
            "dd if=/dev/zero of=/big bs=1M count=256 2>/dev/null; for i in $(seq 100); do mkdir -p /many/$i/a; done; echo ready; sleep 1000"));
        await using IAsyncEnumerator<ReadOnlyMemory<byte>> export =
            Containers.ExportAsync(container.Id, Cancel).GetAsyncEnumerator(Cancel);
        Assert.True(await export.MoveNextAsync());
        await Containers.RemoveAsync(container.Id, force: true, Cancel);
        await FailsAsync(EngineErrorReason.ContainerNotFound, async () =>
        {
            while (await export.MoveNextAsync())
            {
            }
        });
        await EngineTruth.AssertAsync(Engine, Cancel);
    }

    [Fact]
    public Task A_container_that_is_not_there_says_so() => FailsAsync(
        EngineErrorReason.ContainerNotFound, () => ExportAsync("no-such-container"));

    private async Task<Dictionary<string, TarEntry>> ExportAsync(string container)
    {
        using var archive = new MemoryStream();
        await CopyAsync(container, archive);
        archive.Position = 0;
        using var tar = new TarReader(archive);
        var entries = new Dictionary<string, TarEntry>();
        while (await tar.GetNextEntryAsync(copyData: true, Cancel) is { } entry)
        {
            Assert.True(entries.TryAdd(entry.Name, entry), $"'{entry.Name}' comes twice.");
        }

        return entries;
    }

    private async Task CopyAsync(string container, Stream archive)
    {
        await foreach (ReadOnlyMemory<byte> chunk in Containers.ExportAsync(container, Cancel))
        {
            Assert.InRange(chunk.Length, 1, 1 << 20);
            await archive.WriteAsync(chunk, Cancel);
        }
    }

    private long ResidentBytes()
    {
        using Process engine = Process.GetProcessById(Engine.ProcessId);
        return engine.WorkingSet64;
    }
}
