namespace Engine.Commands.Tests;

public class ContainerImageCommandTests
{
    [Fact]
    public async Task Wildcards_match_references_with_and_without_their_tag()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        engine.AddImage("busybox:latest", "busybox:1.36");
        engine.AddImage("registry.example:5000/team/app:2");
        using var session = new Session(engine.Uri);
        Assert.Equal("busybox", session.Get("(Get-ContainerImage busy*x).Repository").Single().ToString());
        Assert.Equal("2", session.Get("(Get-ContainerImage *team/app).Tag").Single().ToString());
        Assert.Empty(session.Get("Get-ContainerImage nope*"));
        Assert.Equal(["ImageNotFound"], session.Run("Get-ContainerImage nope").ErrorIds);
    }

    [Fact]
    public async Task A_removal_by_wildcard_takes_only_the_references_that_match()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        engine.AddImage("busybox:latest", "other:1");
        using var session = new Session(engine.Uri);
        var removal = (ImageRemoval)session.Get("Remove-ContainerImage busy*").Single().BaseObject;
        Assert.Equal(["busybox:latest"], removal.Untagged);
        Assert.Equal(["RemoveImage busybox:latest"], engine.Calls.Where(c => c.StartsWith("Remove", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_image_that_is_piped_is_removed_by_its_id()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        string id = engine.AddImage("busybox:latest").Id;
        using var session = new Session(engine.Uri);
        session.Get("Get-ContainerImage | Remove-ContainerImage");
        Assert.Contains($"RemoveImage {id}", engine.Calls);
    }

    [Fact]
    public async Task A_removal_can_keep_parents_or_be_of_one_platform()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        using var session = new Session(engine.Uri);
        session.Get("Remove-ContainerImage app:1 -NoPrune; Remove-ContainerImage app:1 -Platform linux/arm64");
        Assert.Equal(["RemoveImage app:1 no-prune", "RemoveImage app:1 linux/arm64"], engine.Calls.Where(c => c[0] == 'R'));
    }

    [Fact]
    public async Task Tags_are_added_one_by_one_and_shown_with_pass_thru()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        engine.AddImage("busybox:latest");
        using var session = new Session(engine.Uri);
        Assert.Equal(2, session.Get("Add-ContainerImageTag busybox:latest a:1, b:2 -PassThru").Length);
        Assert.Contains("Tag busybox:latest b:2", engine.Calls);
        session.Get("Add-ContainerImageTag busybox:latest c -WhatIf; Remove-ContainerImage busybox:latest -WhatIf");
        Assert.DoesNotContain(engine.Calls, c => c.StartsWith("Remove", StringComparison.Ordinal) || c.EndsWith(" c", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_archive_is_sent_byte_for_byte_in_chunks_that_the_contract_allows()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        using var session = new Session(engine.Uri);
        byte[] archive = new byte[3_000_001];
        new Random(1).NextBytes(archive);
        string path = Path.Combine(Directory.CreateTempSubdirectory("engine-test-").FullName, "image.tar");
        await File.WriteAllBytesAsync(path, archive, TestContext.Current.CancellationToken);
        try
        {
            var image = (ContainerImage)session.Get($"Import-ContainerImage {path} -Reference app:1").Single().BaseObject;
            Assert.Equal(["app:1"], image.References);
            Assert.Equal(archive, engine.Imported.ToArray());
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        }
    }

    [Fact]
    public async Task A_directory_that_holds_a_layout_is_sent_as_a_tar()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        using var session = new Session(engine.Uri);
        DirectoryInfo layout = Directory.CreateTempSubdirectory("engine-test-");
        try
        {
            Directory.CreateDirectory(Path.Combine(layout.FullName, "blobs", "sha256"));
            await File.WriteAllTextAsync(Path.Combine(layout.FullName, "oci-layout"), "{}", TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(Path.Combine(layout.FullName, "blobs", "sha256", "ab"), "blob", TestContext.Current.CancellationToken);
            File.CreateSymbolicLink(Path.Combine(layout.FullName, "blobs", "passwd"), "/etc/passwd");
            session.Get($"Import-ContainerImage {layout.FullName}");
            engine.Imported.Position = 0;
            using var tar = new System.Formats.Tar.TarReader(engine.Imported);
            List<string> names = [];
            while (await tar.GetNextEntryAsync(cancellationToken: TestContext.Current.CancellationToken) is { } entry)
            {
                names.Add(entry.Name);
            }

            Assert.Equal(["blobs/sha256/ab", "oci-layout"], names);
        }
        finally
        {
            layout.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task What_is_not_there_or_no_image_is_an_error_and_not_sent()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        using var session = new Session(engine.Uri);
        Assert.Equal(["InvalidArchive"], session.Run("Import-ContainerImage /etc/ssl").ErrorIds);
        Assert.Equal(["FileNotFound"], session.Run("Import-ContainerImage -LiteralPath /nonexistent/a.tar").ErrorIds);
        Assert.Equal("FileNotFound", session.Run("Import-ContainerImage /nonexistent/a.tar").ErrorIds.Single());
        Assert.DoesNotContain(engine.Calls, c => c.StartsWith("Import", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_engines_reason_wins_over_the_broken_upload()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        engine.Failure = ("Import", new EngineException(EngineErrorCode.LimitExceeded, EngineErrorReason.DiskFull, "The disk is full."));
        using var session = new Session(engine.Uri);
        Assert.Equal(
            ["DiskFull"],
            session.Run("Import-ContainerImage -InputStream ([IO.MemoryStream]::new([byte[]]::new(20MB)))").ErrorIds);
    }
}
