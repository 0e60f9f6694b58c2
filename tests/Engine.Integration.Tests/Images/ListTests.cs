using Engine.Integration.Tests.Harness;

namespace Engine.Integration.Tests.Images;

public sealed class ListTests(EngineFixture fixture) : ImageTest(fixture)
{
    [Fact]
    public async Task Images_are_found_by_reference_id_and_label()
    {
        string reference = NewReference("7"), label = NewName();
        using var archive = new MemoryStream(SmallLayer());
        ContainerImage image = await ImageArchives.ImportOneAsync(
            Engine.Client, archive, new ImageImport { References = [reference], Changes = [$"LABEL {label}=yes"] },
            Cancel);
        Assert.Equal(image.Id, Assert.Single(await ListAsync(new ImageFilter { References = [reference] })).Id);
        Assert.Equal(image.Id, Assert.Single(await ListAsync(new ImageFilter { Ids = [image.Id[..20]] })).Id);
        Assert.Equal(image.Id, Assert.Single(await ListAsync(new ImageFilter { Labels = [label + "=yes"] })).Id);
        Assert.Empty(await ListAsync(new ImageFilter { Labels = [label + "=no"] }));
        Assert.Empty(await ListAsync(new ImageFilter { References = ["nothing-here"] }));
        Assert.True(image.Size > 0);
    }

    [Fact]
    public async Task An_image_is_found_by_every_way_of_writing_its_reference()
    {
        string reference = NewReference("latest");
        ContainerImage image = await ImportOneAsync(SmallLayer(), reference);
        string repository = reference[..^":latest".Length];
        foreach (string written in (string[])
            [repository, reference, "docker.io/library/" + reference, image.Id, image.Id["sha256:".Length..],
                image.Id["sha256:".Length..][..12]])
        {
            Assert.Equal(image.Id, (await Images.GetAsync(written, null, Cancel)).Id);
        }
    }

    [Fact]
    public async Task A_dangling_image_is_listed_as_one()
    {
        ContainerImage image = await ImportOneAsync(SmallLayer());
        Assert.Empty(image.References);
        Assert.Contains(image.Id, (await ListAsync(new ImageFilter { Dangling = true })).Select(i => i.Id));
        Assert.DoesNotContain(image.Id, (await ListAsync(new ImageFilter { Dangling = false })).Select(i => i.Id));
        await Images.RemoveAsync(image.Id, force: false, Cancel);
    }
}
