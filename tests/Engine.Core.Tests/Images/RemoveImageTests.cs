using Engine.Core.Images;

namespace Engine.Core.Tests.Images;

/// <summary>What may be removed, and what goes with it.</summary>
public sealed class RemoveImageTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly TestImages _images;

    public RemoveImageTests() => _images = new TestImages(_directory["data"]);

    [Fact]
    public async Task The_last_reference_takes_the_image_with_it_and_all_that_it_took_on_disk()
    {
        var image = await _images.ImportLayers("one", "a", "b");
        var removal = await Remove("one");
        Assert.Equal(["one:latest"], removal.Untagged);
        Assert.Contains(image.Id, removal.Deleted);
        Assert.Equal(removal.Deleted.Distinct(), removal.Deleted);
        Assert.True(removal.SpaceReclaimed > 0);
        _images.AssertEmpty();
    }

    [Fact]
    public async Task One_of_several_references_only_goes_itself()
    {
        var image = await _images.ImportLayers("one", "a");
        _images.All.Tag.Handle("one", "two:2");
        var removal = await Remove("one");
        Assert.Equal(["one:latest"], removal.Untagged);
        Assert.Empty(removal.Deleted);
        Assert.Equal(0, removal.SpaceReclaimed);
        Assert.Equal(["two:2"], _images.All.Get.Handle(image.Id).References);
    }

    [Fact]
    public async Task An_image_of_several_references_is_removed_by_its_id_only_by_force()
    {
        var image = await _images.ImportLayers("one", "a");
        _images.All.Tag.Handle("one", "two");
        var error = await Refused(image.Id, force: false);
        Assert.Contains("two:latest", error.Message, StringComparison.Ordinal);
        var removal = await Remove(image.Id[7..19], force: true);
        Assert.Equal(["one:latest", "two:latest"], removal.Untagged.Order(StringComparer.Ordinal));
        _images.AssertEmpty();
    }

    [Fact]
    public async Task Layers_that_another_image_needs_stay()
    {
        await _images.ImportLayers("one", "shared", "a");
        var two = await _images.ImportLayers("two", "shared", "b");
        var removal = await Remove("one");
        Assert.Equal(2, _images.Count("layers"));
        Assert.Equal(2, Directory.EnumerateDirectories(_images.Directories.Layers).Count());
        Assert.DoesNotContain(two.Layers[0], removal.Deleted);
        using (var lease = _images.All.Store.Use("two"))
        {
            Assert.Equal("shared", File.ReadAllText(Path.Combine(lease.LowerDirectories[1], "file-shared")));
        }

        await Remove("two");
        _images.AssertEmpty();
    }

    [Fact]
    public async Task A_running_container_keeps_its_image_even_from_force()
    {
        var image = await _images.ImportLayers("one", "a");
        _images.Users.Set(image.Id, new ImageUser(new string('c', 64), "web", Running: true));
        Assert.Contains("'web'", (await Refused("one", force: false)).Message, StringComparison.Ordinal);
        Assert.Contains("'web'", (await Refused(image.Id, force: true)).Message, StringComparison.Ordinal);

        // By force the name can go; the image stays, without one.
        var removal = await Remove("one", force: true);
        Assert.Equal(["one:latest"], removal.Untagged);
        Assert.Empty(removal.Deleted);
        Assert.Empty(_images.All.Get.Handle(image.Id).References);
        Assert.Equal(1, _images.All.Get.Handle(image.Id).Containers);
    }

    [Fact]
    public async Task A_stopped_container_keeps_its_layers_until_it_is_removed_itself()
    {
        var image = await _images.ImportLayers("one", "a");
        _images.Users.Set(image.Id, new ImageUser(new string('c', 64), "job", Running: false));
        await Refused("one", force: false);
        await Refused(image.Id, force: false);
        var removal = await Remove(image.Id, force: true);
        Assert.Contains(image.Id, removal.Deleted);
        Assert.Empty(_images.All.List.Handle(new ImageFilter()));
        Assert.Throws<EngineException>(() => _images.All.Get.Handle(image.Id));
        using (var lease = _images.All.Store.UseId(image.Id))
        {
            Assert.True(Directory.Exists(lease.LowerDirectories[0]));
        }

        _images.All.Store.ContainerRemoved(image.Id);
        Assert.Equal(1, _images.Count("images"));
        _images.Users.Set(image.Id);
        _images.All.Store.ContainerRemoved(image.Id);
        _images.AssertEmpty();
    }

    [Fact]
    public async Task An_image_that_was_removed_by_force_comes_back_when_it_is_imported_again()
    {
        var image = await _images.ImportLayers("one", "a");
        _images.Users.Set(image.Id, new ImageUser(new string('c', 64), "job", Running: false));
        await Remove("one", force: true);
        await _images.ImportLayers("again", "a");
        Assert.Equal(image.Id, _images.All.Get.Handle("again").Id);
        _images.Users.Set(image.Id);
        _images.All.Store.ContainerRemoved(image.Id);
        Assert.Equal(image.Id, _images.All.Get.Handle("again").Id);
    }

    [Fact]
    public async Task An_image_that_a_container_is_being_made_of_stays()
    {
        var image = await _images.ImportLayers("one", "a");
        var lease = _images.All.Store.Use("one");
        Assert.Equal(EngineErrorCode.Busy, (await Refused("one", force: false)).Code);
        Assert.Equal(EngineErrorCode.Busy, (await Refused(image.Id, force: true)).Code);
        lease.Dispose();
        lease.Dispose();
        await Remove("one");
        _images.AssertEmpty();
    }

    [Fact]
    public async Task A_name_that_moves_leaves_the_image_that_had_it_without_one()
    {
        var first = await _images.ImportLayers("one", "a");
        var second = await _images.ImportLayers("one", "b");
        Assert.Equal(second.Id, _images.All.Get.Handle("one").Id);
        Assert.Equal(
            [first.Id], _images.All.List.Handle(new ImageFilter { Dangling = true }).Select(image => image.Id));
        Assert.Equal(
            [second.Id], _images.All.List.Handle(new ImageFilter { Dangling = false }).Select(image => image.Id));
    }

    [Fact]
    public async Task Events_tell_what_happened()
    {
        using var subscription = _images.Events.Subscribe(new EventQuery());
        var image = await _images.ImportLayers("one", "a");
        _images.All.Tag.Handle("one", "two");
        await Remove("one");
        await Remove("two");
        var seen = new List<string>();
        await foreach (var happened in subscription.ReadAllAsync(TestContext.Current.CancellationToken))
        {
            Assert.Equal((EngineEventType.Image, image.Id), (happened.Type, happened.Id));
            seen.Add($"{happened.Action} {(happened.Name == image.Id ? "id" : happened.Name)}");
            if (happened.Action == "delete")
            {
                break;
            }
        }

        Assert.Equal(["load one:latest", "tag two:latest", "untag one:latest", "untag two:latest", "delete id"], seen);
    }

    [Fact]
    public async Task Nameless_images_that_it_was_made_of_go_with_it_unless_they_are_to_be_kept()
    {
        var grandparent = await _images.ImportLayers("step", "a");
        var parent = await _images.ImportLayers("step", "a", "b");
        var child = await _images.ImportLayers("step", "a", "b", "c");
        _images.Execute($"UPDATE images SET parent = '{grandparent.Id}' WHERE id = '{parent.Id}'");
        _images.Execute($"UPDATE images SET parent = '{parent.Id}' WHERE id = '{child.Id}'");
        Assert.Equal(parent.Id, _images.All.Get.Handle("step").Parent);

        // Another child, or a name, keeps it.
        var other = await _images.ImportLayers("other", "a", "b", "d");
        _images.Execute($"UPDATE images SET parent = '{parent.Id}' WHERE id = '{other.Id}'");
        var removal = await Remove("other", noPrune: false);
        Assert.DoesNotContain(parent.Id, removal.Deleted);
        _images.All.Tag.Handle(parent.Id, "named");
        await Remove("named", noPrune: true);
        Assert.Null(Record.Exception(() => _images.All.Get.Handle(grandparent.Id)));
        Assert.Null(_images.All.Get.Handle("step").Parent);
    }

    [Fact]
    public async Task The_whole_line_of_nameless_parents_goes()
    {
        var grandparent = await _images.ImportLayers("step", "a");
        var parent = await _images.ImportLayers("step", "a", "b");
        var child = await _images.ImportLayers("step", "a", "b", "c");
        _images.Execute($"UPDATE images SET parent = '{grandparent.Id}' WHERE id = '{parent.Id}'");
        _images.Execute($"UPDATE images SET parent = '{parent.Id}' WHERE id = '{child.Id}'");
        var removal = await Remove("step");
        Assert.Equal([child.Id, parent.Id, grandparent.Id], removal.Deleted.Take(3));
        _images.AssertEmpty();
    }

    [Fact]
    public async Task Of_several_platforms_only_the_one_that_was_asked_for_goes()
    {
        byte[] layer = new TarBuilder().File("file", "content").ToArray();
        using var archive = new MemoryStream(new LayoutBuilder()
            .Index("multi", ("linux/amd64", [layer]), ("linux/arm64", [layer])).ToArchive());
        await _images.All.Import.HandleAsync(archive, new ImageImport(), null, TestContext.Current.CancellationToken);
        var removal = await Remove("multi", platform: "linux/arm64");
        Assert.Equal(["multi:latest"], removal.Untagged);
        Assert.Equal("amd64", Assert.Single(_images.All.List.Handle(new ImageFilter())).Architecture);
        var error = await Assert.ThrowsAsync<EngineException>(() => Remove("multi", platform: "linux/arm64"));
        Assert.Equal(EngineErrorReason.PlatformNotFound, error.Reason);
        await Remove("multi");
        _images.AssertEmpty();
    }

    [Fact]
    public async Task An_image_tells_what_it_shares()
    {
        var alone = await _images.ImportLayers("one", "shared", "a");
        Assert.Equal(0, alone.SharedSize);
        await _images.ImportLayers("two", "shared", "b");
        var one = _images.All.Get.Handle("one");
        Assert.Equal("shared".Length, one.SharedSize);
        Assert.StartsWith("sha256:", one.ManifestDigest, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _images.Dispose();
        _directory.Dispose();
    }

    private Task<ImageRemoval> Remove(
        string reference, bool force = false, bool noPrune = false, string? platform = null) =>
        _images.All.Remove.HandleAsync(reference, force, noPrune, platform, TestContext.Current.CancellationToken);

    private async Task<EngineException> Refused(string reference, bool force)
    {
        var before = _images.Content();
        var error = await Assert.ThrowsAsync<EngineException>(() => Remove(reference, force));
        Assert.Equal(EngineErrorReason.ImageInUse, error.Reason);
        Assert.Equal(before, _images.Content());
        return error;
    }
}
