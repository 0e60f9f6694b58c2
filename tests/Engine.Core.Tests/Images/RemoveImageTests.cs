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
        var image = await Import("one", "a", "b");
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
        var image = await Import("one", "a");
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
        var image = await Import("one", "a");
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
        await Import("one", "shared", "a");
        var two = await Import("two", "shared", "b");
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
        var image = await Import("one", "a");
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
        var image = await Import("one", "a");
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
        var image = await Import("one", "a");
        _images.Users.Set(image.Id, new ImageUser(new string('c', 64), "job", Running: false));
        await Remove("one", force: true);
        await Import("again", "a");
        Assert.Equal(image.Id, _images.All.Get.Handle("again").Id);
        _images.Users.Set(image.Id);
        _images.All.Store.ContainerRemoved(image.Id);
        Assert.Equal(image.Id, _images.All.Get.Handle("again").Id);
    }

    [Fact]
    public async Task An_image_that_a_container_is_being_made_of_stays()
    {
        var image = await Import("one", "a");
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
        var first = await Import("one", "a");
        var second = await Import("one", "b");
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
        var image = await Import("one", "a");
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

    public void Dispose()
    {
        _images.Dispose();
        _directory.Dispose();
    }

    private async Task<ContainerImage> Import(string name, params string[] layers) =>
        Assert.Single(await _images.All.Import.HandleAsync(
        new MemoryStream(new LayoutBuilder().Image(name, "linux/amd64", [.. layers.Select(content => new TarBuilder().File("file-" + content, content).ToArray())]).ToArchive()),
        new ImageImport(), null, TestContext.Current.CancellationToken));

    private Task<ImageRemoval> Remove(string reference, bool force = false) =>
        _images.All.Remove.HandleAsync(reference, force, TestContext.Current.CancellationToken);

    private async Task<EngineException> Refused(string reference, bool force)
    {
        var before = _images.Content();
        var error = await Assert.ThrowsAsync<EngineException>(() => Remove(reference, force));
        Assert.Equal(EngineErrorReason.ImageInUse, error.Reason);
        Assert.Equal(before, _images.Content());
        return error;
    }
}
