using Engine.Integration.Tests.Harness;

namespace Engine.Integration.Tests.Images;

public sealed class RemoveTests(EngineFixture fixture) : ImageTest(fixture)
{
    [Fact]
    public async Task The_last_reference_takes_the_image_and_its_layers_with_it()
    {
        string first = NewReference(), second = NewReference();
        ContainerImage image = await ImportOneAsync(SmallLayer(), first, second);
        ImageRemoval untagged = await Images.RemoveAsync(first, force: false, Cancel);
        Assert.Equal([first], untagged.Untagged);
        Assert.Empty(untagged.Deleted);
        ImageRemoval deleted = await Images.RemoveAsync(second, force: false, Cancel);
        Assert.Equal([second], deleted.Untagged);
        Assert.Contains(image.Id, deleted.Deleted);
        await FailsAsync(EngineErrorReason.ImageNotFound, () => Images.GetAsync(image.Id, null, Cancel));
        string layer = image.Layers[0]["sha256:".Length..];
        Assert.False(
            Directory.Exists(Path.Combine(Engine.DataRoot, "layers", layer)), "Its only layer is still on the disk.");
    }

    [Fact]
    public async Task An_image_with_several_references_is_removed_by_its_id_by_force_only()
    {
        ContainerImage image = await ImportOneAsync(SmallLayer(), NewReference(), NewReference());
        EngineException error = await FailsAsync(
            EngineErrorReason.ImageInUse, () => Images.RemoveAsync(image.Id, force: false, Cancel));
        Assert.Contains(image.References[0], error.Message, StringComparison.Ordinal);
        ImageRemoval removal = await Images.RemoveAsync(image.Id, force: true, Cancel);
        Assert.Equal(2, removal.Untagged.Count);
        Assert.Contains(image.Id, removal.Deleted);
    }

    [Fact]
    public async Task An_image_that_a_container_uses_stays()
    {
        string reference = NewReference();
        var layout = new TestLayout { Name = reference };
        layout.Add(BusyboxImage.Archive).Add(SmallLayer("used"));
        await ImportOneAsync(layout.ToOciArchive());
        Container container = await StartReadyAsync(Sleeper() with { Image = reference });
        Assert.Equal(1, (await Images.GetAsync(reference, null, Cancel)).Containers);
        EngineException error = await FailsAsync(
            EngineErrorReason.ImageInUse, () => Images.RemoveAsync(reference, force: false, Cancel));
        Assert.Contains(container.Name, error.Message + error.Target, StringComparison.Ordinal);
        await Containers.RemoveAsync(container.Id, force: true, Cancel);
        await Images.RemoveAsync(reference, force: false, Cancel);
    }

    [Fact]
    public async Task A_layer_that_another_image_shares_stays()
    {
        byte[] shared = SmallLayer("shared " + Guid.NewGuid());
        var one = new TestLayout { Name = NewReference() };
        one.Add(BusyboxImage.Archive).Add(shared).Add(SmallLayer());
        var two = new TestLayout { Name = NewReference() };
        two.Add(BusyboxImage.Archive).Add(shared);
        await ImportOneAsync(one.ToOciArchive());
        await ImportOneAsync(two.ToOciArchive());
        await Images.RemoveAsync(one.Name!, force: false, Cancel);
        RunResult run = await RunAsync(Config("cat", "/etc/marker") with { Image = two.Name! });
        Assert.StartsWith("shared", run.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_image_that_is_not_there_is_an_error_of_its_own() =>
        await FailsAsync(
            EngineErrorReason.ImageNotFound, () => Images.RemoveAsync("nothing-here:1", force: true, Cancel));
}
